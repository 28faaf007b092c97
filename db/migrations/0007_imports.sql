CREATE TABLE "import_row" (
	"import" text NOT NULL,
	"number" integer NOT NULL,
	"region" text NOT NULL,
	"cluster" text NOT NULL,
	"service" text NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "import_row_import_number_pk" PRIMARY KEY("import","number")
);
--> statement-breakpoint
CREATE TABLE "import" (
	"id" text PRIMARY KEY NOT NULL,
	"content" text
);
--> statement-breakpoint
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_import_import_id_fk" FOREIGN KEY ("import") REFERENCES "public"."import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import" ADD CONSTRAINT "import_id_batch_id_fk" FOREIGN KEY ("id") REFERENCES "public"."batch"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_row_import_region_cluster_index" ON "import_row" USING btree ("import","region","cluster");