CREATE TABLE "workload" (
	"name" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "workload_comparison" (
	"workload" text NOT NULL,
	"comparison" text NOT NULL,
	CONSTRAINT "workload_comparison_workload_comparison_pk" PRIMARY KEY("workload","comparison")
);
--> statement-breakpoint
CREATE TABLE "workload_version" (
	"workload" text NOT NULL,
	"version" integer NOT NULL,
	"body" text NOT NULL,
	"digest" text NOT NULL,
	"stored_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workload_version_workload_version_pk" PRIMARY KEY("workload","version")
);
--> statement-breakpoint
ALTER TABLE "comparison" ADD COLUMN "is_direct" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "workload_comparison" ADD CONSTRAINT "workload_comparison_workload_workload_name_fk" FOREIGN KEY ("workload") REFERENCES "public"."workload"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workload_comparison" ADD CONSTRAINT "workload_comparison_comparison_comparison_id_fk" FOREIGN KEY ("comparison") REFERENCES "public"."comparison"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workload_version" ADD CONSTRAINT "workload_version_workload_workload_name_fk" FOREIGN KEY ("workload") REFERENCES "public"."workload"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "workload_comparison_comparison_index" ON "workload_comparison" USING btree ("comparison");