import type { Database } from "@/lib/db/database";
import type { ChainHead } from "./chain";
import { compareHead, type Removal, type Verdict, verifyAudit } from "./verify";

type Description = { readonly isIntact: boolean; readonly sentence: string };

/** Verifies the audit log, compares a head that was kept elsewhere, and returns the result as a sentence. */
export async function describeAudit(db: Database, kept: ChainHead | null): Promise<Description> {
  const verdict = await verifyAudit(db);
  if (!verdict.ok) return notIntact(fault(verdict));
  const { rows, first, last, head, removal } = verdict;
  const comparison = kept === null ? null : await compareHead(db, kept);
  if (comparison === "other") return notIntact(`row ${kept?.sequence} does not match --head`);
  if (comparison === "pruned") {
    return {
      isIntact: false,
      sentence: `${describeRemoval(removal)}, including row ${kept?.sequence} of --head; rows ${first} to ${last} are intact, with head ${last}:${head}.`,
    };
  }
  if (rows === 0) return { isIntact: true, sentence: "The audit log is empty." };
  const intact = `The audit log is intact: ${rows} rows, ${first} to ${last}, with head ${last}:${head}.`;
  const sentence = removal === null ? intact : `${intact} ${describeRemoval(removal)}.`;
  return { isIntact: true, sentence };
}

function notIntact(reason: string): Description {
  return { isIntact: false, sentence: `The audit log is not intact: ${reason}.` };
}

/** Reports what the audit log itself claims: removed rows cannot be verified. */
function describeRemoval(removal: Removal | null): string {
  const { through, cutOff } = removal ?? { through: 0, cutOff: null };
  const when = cutOff
    ? `, from before ${cutOff.before.toISOString()}, after ${cutOff.retentionDays} days`
    : "";
  return `A row records that retention removed the rows up to ${through}${when}`;
}

function fault({ at, problem }: Extract<Verdict, { ok: false }>): string {
  if (problem === "missing") return `row ${at} is missing`;
  if (problem === "changed") return `row ${at} was altered`;
  return `the rows before ${at} were removed, and no row records that retention did so`;
}
