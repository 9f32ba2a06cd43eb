import { randomUUID } from "node:crypto";
import { recordAudit } from "@/lib/audit/record";
import { openProcessDatabase } from "@/lib/db/open-database";
import { auditEvent } from "./audit-event";

// A desk that is asked many things at once: writes each request's id when its row is acknowledged,
// until it is killed.
const AT_ONCE = 20;

async function recordOn(): Promise<void> {
  for (;;) {
    const requestId = randomUUID();
    await recordAudit(auditEvent({ requestId }));
    process.stdout.write(`${requestId}\n`);
  }
}

await openProcessDatabase();
for (let started = 0; started < AT_ONCE; started += 1) recordOn();
