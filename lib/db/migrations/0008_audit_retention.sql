-- Replaces the function of 0002_trust, whose comment says too much: these triggers bind whoever may insert and
-- delete rows. The table's owner can disable them, so the desk's role should not own the tables (SECURITY.md).
-- Retention deletes: it names for one transaction the row up to which it does so. A later row that stays must
-- have announced exactly that with the cut-off. Deleted rows are older than it, and than the shortest retention,
-- by the database's clock.
CREATE OR REPLACE FUNCTION "audit_events_refuse"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	prune_through constant text := current_setting('channel_desk.audit_prune_through', true);
BEGIN
	IF TG_OP = 'DELETE' AND prune_through ~ '^[0-9]{1,18}$' THEN
		IF OLD.sequence <= prune_through::bigint AND OLD."at" < clock_timestamp() - interval '24 hours' AND EXISTS (
			SELECT FROM "public"."audit_events"
			WHERE "action" = 'audit.prune' AND "target" = prune_through AND "sequence" > prune_through::bigint
				AND OLD."at" < substring("reason" from '^before=([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z) retention=[0-9]{1,4}$')::timestamptz
		) THEN
			RETURN OLD;
		END IF;
	END IF;
	RAISE EXCEPTION 'The audit only grows: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
