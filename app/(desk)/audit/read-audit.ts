import "server-only";
import { listAudit } from "@/lib/audit/list";
import { database } from "@/lib/db/database";
import { guard } from "@/lib/http/guard";
import { success } from "@/lib/result";
import { aboutOf, auditInput } from "./search-params";

/** The page of the audit that an address means; that somebody looked is itself written down first. */
export const readAudit = guard({
  permission: "audit",
  audit: { action: "audit.read", about: aboutOf },
  input: auditInput,
  async run(params, _, note) {
    const page = await listAudit(await database(), params);
    note({ rows: page.rows.length });
    return success(page);
  },
});
