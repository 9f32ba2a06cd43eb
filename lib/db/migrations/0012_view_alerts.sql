CREATE TABLE "view_alerts" (
	"account_id" uuid NOT NULL,
	"view_id" uuid NOT NULL,
	"app" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"query" text,
	"members" integer[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "view_alerts_account_id_view_id_app_pk" PRIMARY KEY("account_id","view_id","app")
);
--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "read_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "view_alerts" ADD CONSTRAINT "view_alerts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "view_alerts" ADD CONSTRAINT "view_alerts_view_id_saved_views_id_fk" FOREIGN KEY ("view_id") REFERENCES "public"."saved_views"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notices_account" ON "notices" USING btree ("account_id","id");