CREATE TABLE "batch" (
	"id" text PRIMARY KEY NOT NULL,
	"items" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "batch_item" (
	"batch" text NOT NULL,
	"number" integer NOT NULL,
	"key" text NOT NULL,
	"request" text,
	"workload" text,
	"workload_version" integer,
	"attempts" integer DEFAULT 0 NOT NULL,
	"result" text,
	"succeeded" boolean,
	CONSTRAINT "batch_item_batch_number_pk" PRIMARY KEY("batch","number"),
	CONSTRAINT "batch_item_open_or_answered" CHECK (("batch_item"."request" is null) = ("batch_item"."result" is not null))
);
--> statement-breakpoint
ALTER TABLE "batch_item" ADD CONSTRAINT "batch_item_batch_batch_id_fk" FOREIGN KEY ("batch") REFERENCES "public"."batch"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batch_item_open" ON "batch_item" USING btree ("batch","number") WHERE "batch_item"."request" is not null;--> statement-breakpoint
CREATE INDEX "batch_item_workload_index" ON "batch_item" USING btree ("workload");