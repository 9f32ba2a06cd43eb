ALTER TABLE "channels" ADD COLUMN "moved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "moved_since" timestamp with time zone;