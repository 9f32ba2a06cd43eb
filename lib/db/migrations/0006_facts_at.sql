ALTER TABLE "channels" ADD COLUMN "facts_at" timestamp with time zone;--> statement-breakpoint
UPDATE "channels" SET "facts_at" = "seen_at";
