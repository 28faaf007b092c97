CREATE TABLE "comparison" (
	"id" text PRIMARY KEY NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "instance_type" (
	"snapshot" integer NOT NULL,
	"instance_type" text NOT NULL,
	"vcpus" integer,
	"memory_mib" integer,
	"architecture" text,
	"current_generation" boolean,
	"burstable" boolean,
	"bare_metal" boolean,
	"hypervisor" text,
	"manufacturer" text,
	"clock_ghz" numeric,
	"cores" integer,
	"threads_per_core" integer,
	"gpus" integer,
	"gpu_manufacturer" text,
	"gpu_name" text,
	"gpu_memory_mib" integer,
	"accelerators" text,
	"network_interfaces_all_cards" integer,
	"network_interfaces" integer,
	"ipv4_per_interface" integer,
	"trunking" boolean,
	"branch_interfaces" integer,
	"interface_tasks" integer,
	"interface_tasks_trunking" integer,
	"network_performance" text,
	"network_baseline_gbps" numeric,
	"network_peak_gbps" numeric,
	"instance_store_gb" numeric,
	"instance_store_disks" text,
	"ebs_optimized" text,
	"ebs_baseline_mbps" numeric,
	"ebs_max_mbps" numeric,
	"ebs_max_iops" integer,
	"usage_classes" text,
	"as_of" text NOT NULL,
	"source" text NOT NULL,
	"note" text,
	CONSTRAINT "instance_type_instance_type_snapshot_pk" PRIMARY KEY("instance_type","snapshot")
);
--> statement-breakpoint
CREATE TABLE "limit_value" (
	"snapshot" integer NOT NULL,
	"key" text NOT NULL,
	"value" numeric NOT NULL,
	"unit" text NOT NULL,
	"as_of" text NOT NULL,
	"source" text NOT NULL,
	"note" text,
	CONSTRAINT "limit_value_key_snapshot_pk" PRIMARY KEY("key","snapshot")
);
--> statement-breakpoint
CREATE TABLE "price" (
	"snapshot" integer NOT NULL,
	"region" text NOT NULL,
	"sku" text NOT NULL,
	"unit" text NOT NULL,
	"price" numeric NOT NULL,
	"currency" text NOT NULL,
	"effective_date" text NOT NULL,
	"effective_from" date,
	"source" text NOT NULL,
	"rate_code" text,
	"status" text,
	"flag" text,
	"tier_from" numeric,
	"tier_to" numeric,
	"note" text,
	CONSTRAINT "price_not_negative" CHECK ("price"."price" >= 0)
);
--> statement-breakpoint
CREATE TABLE "registered_memory" (
	"snapshot" integer NOT NULL,
	"instance_type" text NOT NULL,
	"nominal_mib" integer NOT NULL,
	"registered_mib" integer NOT NULL,
	"bound" text NOT NULL,
	"image" text,
	"status" text,
	"as_of" text NOT NULL,
	"source" text NOT NULL,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "snapshot" (
	"number" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "snapshot_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"description" text NOT NULL,
	"loaded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "snapshot_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "source" (
	"snapshot" integer NOT NULL,
	"id" text NOT NULL,
	"citation" text NOT NULL,
	CONSTRAINT "source_snapshot_id_pk" PRIMARY KEY("snapshot","id")
);
--> statement-breakpoint
CREATE TABLE "spot_advice" (
	"snapshot" integer NOT NULL,
	"region" text NOT NULL,
	"instance_type" text NOT NULL,
	"savings_percent" integer NOT NULL,
	"interruption_band" text NOT NULL,
	"effective_date" text NOT NULL,
	"effective_from" date,
	"source" text NOT NULL,
	CONSTRAINT "spot_advice_region_instance_type_snapshot_pk" PRIMARY KEY("region","instance_type","snapshot")
);
--> statement-breakpoint
CREATE TABLE "task_size" (
	"snapshot" integer NOT NULL,
	"cpu_units" integer NOT NULL,
	"memory_mib" integer NOT NULL,
	"operating_systems" text NOT NULL,
	"as_of" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "task_size_cpu_units_memory_mib_snapshot_pk" PRIMARY KEY("cpu_units","memory_mib","snapshot")
);
--> statement-breakpoint
ALTER TABLE "instance_type" ADD CONSTRAINT "instance_type_snapshot_snapshot_number_fk" FOREIGN KEY ("snapshot") REFERENCES "public"."snapshot"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limit_value" ADD CONSTRAINT "limit_value_snapshot_snapshot_number_fk" FOREIGN KEY ("snapshot") REFERENCES "public"."snapshot"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registered_memory" ADD CONSTRAINT "registered_memory_snapshot_snapshot_number_fk" FOREIGN KEY ("snapshot") REFERENCES "public"."snapshot"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source" ADD CONSTRAINT "source_snapshot_snapshot_number_fk" FOREIGN KEY ("snapshot") REFERENCES "public"."snapshot"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spot_advice" ADD CONSTRAINT "spot_advice_snapshot_snapshot_number_fk" FOREIGN KEY ("snapshot") REFERENCES "public"."snapshot"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_size" ADD CONSTRAINT "task_size_snapshot_snapshot_number_fk" FOREIGN KEY ("snapshot") REFERENCES "public"."snapshot"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "price_region_sku" ON "price" USING btree ("region","sku");