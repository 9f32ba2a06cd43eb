"use server";

import { database } from "@/lib/db/database";
import type { CsvSeparator } from "@/lib/export/formats";
import { guardAction } from "@/lib/http/guard";
import { preferenceInput, savePreference as savePreferred } from "@/lib/preferences/preferences";
import { success } from "@/lib/result";

/** Stores one preference of the person. */
export const savePreference = guardAction({
  permission: "account",
  limit: "note",
  audit: null,
  input: preferenceInput,
  async run(preference, user) {
    await savePreferred(await database(), user.id, preference);
    return success(null);
  },
});

/** Stores whether single letters are shortcuts of the person. Returns whether it is stored. */
export async function rememberSingleKeys(on: boolean): Promise<boolean> {
  const { answer } = await savePreference({ name: "singleKeys", value: on });
  return (await answer).ok;
}

/** Stores the person's separator for CSV files. Returns whether it is stored. */
export async function rememberCsvSeparator(separator: CsvSeparator): Promise<boolean> {
  const { answer } = await savePreference({ name: "csvSeparator", value: separator });
  return (await answer).ok;
}
