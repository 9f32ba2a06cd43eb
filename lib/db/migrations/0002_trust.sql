CREATE TABLE "account_links" (
	"digest" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"request_id" text NOT NULL,
	"actor_id" uuid,
	"actor_email" text,
	"actor_role" text,
	"address" text,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"code" text,
	"app" text,
	"subscriber_id" text,
	"target" text,
	"fields" text[],
	"reason" text,
	"rows" integer,
	"duration_ms" integer,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "links" (
	"id" text PRIMARY KEY NOT NULL,
	"room" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone NOT NULL,
	CONSTRAINT "links_room" CHECK ("links"."room" in ('lookup', 'audit')),
	CONSTRAINT "links_query_length" CHECK (char_length("links"."query") <= 8000)
);
--> statement-breakpoint
CREATE TABLE "rate_counts" (
	"subject" text PRIMARY KEY NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"account_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_codes_account_id_digest_pk" PRIMARY KEY("account_id","digest")
);
--> statement-breakpoint
CREATE TABLE "reveals" (
	"session_id" uuid NOT NULL,
	"app" text NOT NULL,
	"subscriber_id" text NOT NULL,
	"field" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reveals_session_id_app_subscriber_id_field_pk" PRIMARY KEY("session_id","app","subscriber_id","field")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"address" text NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "accounts" ALTER COLUMN "password_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "totp_secret" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "totp_step" bigint;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "oidc_issuer" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "oidc_subject" text;--> statement-breakpoint
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reveals" ADD CONSTRAINT "reveals_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_links_account" ON "account_links" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "audit_events" USING btree ("actor_id","at");--> statement-breakpoint
CREATE INDEX "audit_events_subscriber" ON "audit_events" USING btree ("subscriber_id","at");--> statement-breakpoint
CREATE INDEX "audit_events_request" ON "audit_events" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "links_used_at" ON "links" USING btree ("used_at");--> statement-breakpoint
CREATE INDEX "rate_counts_window_start" ON "rate_counts" USING btree ("window_start");--> statement-breakpoint
CREATE INDEX "reveals_expires_at" ON "reveals" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sessions_ends_at" ON "sessions" USING btree ("ends_at");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_oidc" ON "accounts" USING btree ("oidc_issuer","oidc_subject");--> statement-breakpoint
CREATE INDEX "audit_events_prunes" ON "audit_events" USING btree ("target") WHERE "audit_events"."action" = 'audit.prune';--> statement-breakpoint
-- Whoever is connected, the table's owner too, adds rows and nothing else. Retention alone deletes: it says
-- how far for one transaction, and a later row that stays must have announced exactly that.
CREATE FUNCTION "audit_events_refuse"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	prune_through constant text := current_setting('channel_desk.audit_prune_through', true);
BEGIN
	IF TG_OP = 'DELETE' AND prune_through ~ '^[0-9]{1,18}$' THEN
		IF OLD.sequence <= prune_through::bigint AND EXISTS (
			SELECT FROM "public"."audit_events"
			WHERE "action" = 'audit.prune' AND "target" = prune_through AND "sequence" > prune_through::bigint
		) THEN
			RETURN OLD;
		END IF;
	END IF;
	RAISE EXCEPTION 'The audit only grows: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;--> statement-breakpoint
CREATE TRIGGER "audit_events_delete" BEFORE DELETE ON "audit_events" FOR EACH ROW EXECUTE FUNCTION "audit_events_refuse"();--> statement-breakpoint
CREATE TRIGGER "audit_events_update" BEFORE UPDATE OR TRUNCATE ON "audit_events" FOR EACH STATEMENT EXECUTE FUNCTION "audit_events_refuse"();--> statement-breakpoint
ALTER TABLE "audit_events" ENABLE ALWAYS TRIGGER "audit_events_delete";--> statement-breakpoint
ALTER TABLE "audit_events" ENABLE ALWAYS TRIGGER "audit_events_update";
