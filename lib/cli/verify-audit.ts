import { parseArgs } from "node:util";
import type { ChainHead } from "@/lib/audit/chain";
import { compareHead, type Removal, type Verdict, verifyAudit } from "@/lib/audit/verify";
import type { Database } from "@/lib/db/database";
import { causeMessage, DirectoryInUseError } from "@/lib/db/errors";
import { closeProcessDatabase, openProcessDatabase } from "@/lib/db/open-database";
import { CommandError, describe } from "./command";
import { readDotEnv } from "./environment";

/**
 * Prints whether the audit log is intact, and its newest row. With `--head SEQUENCE:HASH` from a
 * log line or an earlier run it also checks that row: this is the only way to detect rows removed
 * from the end.
 */
async function main(): Promise<void> {
  const kept = keptHead();
  readDotEnv();
  try {
    console.log(await verify(await openedDatabase(), kept));
  } finally {
    await closeProcessDatabase();
  }
}

async function verify(opened: Database, kept: ChainHead | null): Promise<string> {
  const verdict = await verifyAudit(opened);
  if (!verdict.ok) throw new CommandError(`The audit log is not intact: ${fault(verdict)}.`);
  const { rows, first, last, head, removal } = verdict;
  const comparison = kept === null ? null : await compareHead(opened, kept);
  if (comparison === "other") {
    throw new CommandError(
      `The audit log is not intact: row ${kept?.sequence} does not match --head.`,
    );
  }
  if (comparison === "pruned") {
    throw new CommandError(
      `${saysRemoved(removal)}, including row ${kept?.sequence} of --head; rows ${first} to ${last} are intact, with head ${last}:${head}.`,
    );
  }
  if (rows === 0) return "The audit log is empty.";
  const whole = `The audit log is intact: ${rows} rows, ${first} to ${last}, with head ${last}:${head}.`;
  return removal === null ? whole : `${whole} ${saysRemoved(removal)}.`;
}

/** Reports what the audit log itself claims: removed rows cannot be verified. */
function saysRemoved(removal: Removal | null): string {
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

function keptHead(): ChainHead | null {
  const head = headOption();
  if (head === undefined) return null;
  const [, sequence, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(head) ?? [];
  if (sequence === undefined || hash === undefined) {
    throw new CommandError("--head must be a row's number and its hash, as in 12:0a1b….");
  }
  return { sequence: Number(sequence), hash };
}

function headOption(): string | undefined {
  try {
    return parseArgs({ options: { head: { type: "string" } } }).values.head;
  } catch (error) {
    throw new CommandError(causeMessage(error));
  }
}

async function openedDatabase(): Promise<Database> {
  try {
    return (await openProcessDatabase()).db;
  } catch (error) {
    if (!(error instanceof DirectoryInUseError)) throw error;
    throw new CommandError(`${error.message} Its page /audit runs the same check.`);
  }
}

main().catch((error: unknown) => {
  console.error(describe(error));
  process.exitCode = 1;
});
