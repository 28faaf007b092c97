CREATE TABLE "reading" (
	"refresh" text NOT NULL,
	"region" text NOT NULL,
	"snapshot" integer NOT NULL,
	"read_on" date NOT NULL,
	"read_at" timestamp with time zone DEFAULT now() NOT NULL,
	"content" text NOT NULL,
	CONSTRAINT "reading_region_refresh_pk" PRIMARY KEY("region","refresh")
);
--> statement-breakpoint
CREATE TABLE "staged_part" (
	"refresh" text NOT NULL,
	"region" text NOT NULL,
	"source" text NOT NULL,
	"part" text NOT NULL,
	"content" text NOT NULL,
	"staged_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "staged_part_refresh_region_source_part_pk" PRIMARY KEY("refresh","region","source","part")
);
--> statement-breakpoint
ALTER TABLE "snapshot" ADD COLUMN "parent" text;--> statement-breakpoint
ALTER TABLE "reading" ADD CONSTRAINT "reading_snapshot_snapshot_number_fk" FOREIGN KEY ("snapshot") REFERENCES "public"."snapshot"("number") ON DELETE no action ON UPDATE no action;