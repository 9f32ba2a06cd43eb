UPDATE "channels" SET "moved_since" = NULL WHERE "moved_at" IS DISTINCT FROM "counted_at";--> statement-breakpoint
ALTER TABLE "channels" DROP COLUMN "moved_at";