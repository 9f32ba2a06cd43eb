"use server";

import type { Deferred } from "@/lib/call-action";
import { database } from "@/lib/db/database";
import type { CsvSeparator } from "@/lib/export/formats";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/http/guard";
import {
  type Preference,
  preferenceInput,
  savePreference as savePreferred,
} from "@/lib/preferences/preferences";
import { type Result, success } from "@/lib/result";

const guarded = guard({
  permission: "account",
  limit: "note",
  audit: null,
  input: preferenceInput,
  async run(preference, user) {
    await savePreferred(await database(), user.id, preference);
    return success(null);
  },
});

/** Stores one preference of the person who asks. */
export async function savePreference(
  preference: Preference,
): Promise<Deferred<Result<null, Failure>>> {
  return { answer: guarded(preference) };
}

/** Stores whether single letters are commands for the person who asks, and tells whether it is stored. */
export async function rememberSingleKeys(on: boolean): Promise<boolean> {
  const { ok } = await guarded({ name: "singleKeys", value: on });
  return ok;
}

/** Stores the separator for CSV files of the person who asks, and tells whether it is stored. */
export async function rememberCsvSeparator(separator: CsvSeparator): Promise<boolean> {
  const { ok } = await guarded({ name: "csvSeparator", value: separator });
  return ok;
}
