import { parseArgs } from "node:util";
import type { ChainHead } from "@/lib/audit/chain";
import { describeAudit } from "@/lib/audit/describe";
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
    const { isIntact, sentence } = await describeAudit(await openedDatabase(), kept);
    if (!isIntact) throw new CommandError(sentence);
    console.log(sentence);
  } finally {
    await closeProcessDatabase();
  }
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
