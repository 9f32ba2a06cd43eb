CREATE TABLE "callback_receipts" (
	"digest" text PRIMARY KEY NOT NULL,
	"received_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_tags" (
	"channel_key" integer NOT NULL,
	"tag" text NOT NULL,
	CONSTRAINT "channel_tags_channel_key_tag_pk" PRIMARY KEY("channel_key","tag")
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"key" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "channels_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"app" text NOT NULL,
	"channel_id" text NOT NULL,
	"name" text,
	"owner_id" text,
	"organization" text,
	"introduction" text,
	"avatar_url" text,
	"created_at" timestamp with time zone,
	"search_text" text NOT NULL,
	"name_key" text NOT NULL,
	"subscriber_count" bigint,
	"counted_at" timestamp with time zone,
	"last_message_at" timestamp with time zone,
	"last_message_read_at" timestamp with time zone,
	"snapshot_at" timestamp with time zone,
	"change_day" bigint,
	"change_week" bigint,
	"change_month" bigint,
	"first_seen_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	"sample_until" timestamp with time zone,
	"refresh_minutes" integer,
	"refresh_due_at" timestamp with time zone,
	"refresh_problem" text
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"status" integer,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text,
	"lease_until" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"next_at" timestamp with time zone,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel_key" integer NOT NULL,
	"kind" text NOT NULL,
	"occasion" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"detail" jsonb NOT NULL,
	"delivery_id" uuid
);
--> statement-breakpoint
CREATE TABLE "refresh_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "refresh_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"app" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	"refreshed" integer NOT NULL,
	"gone" integer NOT NULL,
	"failed" integer NOT NULL,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"channel_key" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"grain" text NOT NULL,
	"until" timestamp with time zone,
	"subscriber_count" bigint,
	"least_count" bigint,
	"most_count" bigint,
	"last_message_at" timestamp with time zone,
	CONSTRAINT "snapshots_channel_key_at_pk" PRIMARY KEY("channel_key","at")
);
--> statement-breakpoint
CREATE TABLE "tags" (
	"name" text PRIMARY KEY NOT NULL,
	"refresh_minutes" integer,
	CONSTRAINT "tags_name_length" CHECK (char_length("tags"."name") between 1 and 40)
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"channel_key" integer NOT NULL,
	"account_id" uuid,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "saved_views" DROP CONSTRAINT "saved_views_room";--> statement-breakpoint
ALTER TABLE "channel_tags" ADD CONSTRAINT "channel_tags_channel_key_channels_key_fk" FOREIGN KEY ("channel_key") REFERENCES "public"."channels"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_tags" ADD CONSTRAINT "channel_tags_tag_tags_name_fk" FOREIGN KEY ("tag") REFERENCES "public"."tags"("name") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_channel_key_channels_key_fk" FOREIGN KEY ("channel_key") REFERENCES "public"."channels"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_channel_key_channels_key_fk" FOREIGN KEY ("channel_key") REFERENCES "public"."channels"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watches" ADD CONSTRAINT "watches_channel_key_channels_key_fk" FOREIGN KEY ("channel_key") REFERENCES "public"."channels"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watches" ADD CONSTRAINT "watches_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "callback_receipts_received_at" ON "callback_receipts" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "channel_tags_tag" ON "channel_tags" USING btree ("tag");--> statement-breakpoint
CREATE UNIQUE INDEX "channels_app_channel_id" ON "channels" USING btree ("app","channel_id");--> statement-breakpoint
CREATE INDEX "channels_app_key" ON "channels" USING btree ("app","key");--> statement-breakpoint
CREATE INDEX "channels_refresh_due_at" ON "channels" USING btree ("refresh_due_at");--> statement-breakpoint
CREATE INDEX "deliveries_created_at" ON "deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notices_occasion" ON "notices" USING btree ("channel_key","kind","occasion");--> statement-breakpoint
CREATE INDEX "notices_delivery" ON "notices" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "refresh_runs_started_at" ON "refresh_runs" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "snapshots_readings" ON "snapshots" USING btree ("at") WHERE "snapshots"."grain" = 'reading' and ("snapshots"."until" is not null or "snapshots"."subscriber_count" is null);--> statement-breakpoint
CREATE INDEX "snapshots_hours" ON "snapshots" USING btree ("at") WHERE "snapshots"."grain" = 'hour';--> statement-breakpoint
CREATE INDEX "snapshots_days" ON "snapshots" USING btree ("at") WHERE "snapshots"."grain" = 'day';--> statement-breakpoint
CREATE UNIQUE INDEX "watches_personal" ON "watches" USING btree ("account_id","channel_key") WHERE "watches"."account_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "watches_team" ON "watches" USING btree ("channel_key") WHERE "watches"."account_id" is null;--> statement-breakpoint
CREATE INDEX "watches_channel" ON "watches" USING btree ("channel_key");--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_room" CHECK ("saved_views"."room" in ('lookup', 'channels'));