import { eq, sql } from "drizzle-orm";
// biome-ignore lint/style/noRestrictedImports: no hook, but what React keeps for one request
import { cache } from "react";
import { z } from "zod";
import type { Database } from "@/lib/db/database";
import { preferences } from "@/lib/db/schema";
import { CSV_SEPARATORS, type CsvSeparator } from "@/lib/export/formats";

/** The preferences of a person, on every device. */
export type Preferences = {
  readonly lookupTable: Arrangement;
  readonly channelsTable: Arrangement;
  /** Whether a single letter may be a shortcut. */
  readonly singleKeys: boolean;
  readonly csvSeparator: CsvSeparator;
};

type Arrangement = Readonly<z.output<typeof table>>;

type Preference = {
  [Name in keyof Preferences]: { readonly name: Name; readonly value: Preferences[Name] };
}[keyof Preferences];

const MAX_COLUMNS = 64;
const columnId = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,31}$/);
const columnIds = z.array(columnId).max(MAX_COLUMNS).readonly();
const width = z.number().min(60).max(800);
const widths = z
  .record(columnId, width)
  .refine((columns) => Object.keys(columns).length <= MAX_COLUMNS)
  .readonly();

const table = z.strictObject({
  density: z.enum(["compact", "comfortable", "roomy"]),
  order: columnIds,
  widths,
  pinned: columnIds,
});
const singleKeys = z.boolean();
const csvSeparator = z.enum(CSV_SEPARATORS);

/** One preference as sent by a browser; at most a few kilobytes. */
export const preferenceInput: z.ZodType<Preference, Preference> = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("lookupTable"), value: table }),
  z.strictObject({ name: z.literal("channelsTable"), value: table }),
  z.strictObject({ name: z.literal("singleKeys"), value: singleKeys }),
  z.strictObject({ name: z.literal("csvSeparator"), value: csvSeparator }),
]);

const tableOrDefault = table.catch({ density: "comfortable", order: [], widths: {}, pinned: [] });

/**
 * Returns a person's preferences; the default for each that is not stored, or no longer understood. Read once
 * while a page is rendered.
 */
export const getPreferences = cache(
  async (db: Database, accountId: string): Promise<Preferences> => {
    const rows = await db
      .select({ name: preferences.name, value: preferences.value })
      .from(preferences)
      .where(eq(preferences.accountId, accountId));
    const stored = new Map(rows.map(({ name, value }) => [name, value]));
    return {
      lookupTable: tableOrDefault.parse(stored.get("lookupTable")),
      channelsTable: tableOrDefault.parse(stored.get("channelsTable")),
      singleKeys: singleKeys.catch(true).parse(stored.get("singleKeys")),
      csvSeparator: csvSeparator.catch("comma").parse(stored.get("csvSeparator")),
    };
  },
);

/** Stores one preference of a person. The last write wins. */
export async function savePreference(
  db: Database,
  accountId: string,
  { name, value }: Preference,
): Promise<void> {
  await db
    .insert(preferences)
    .values({ accountId, name, value, updatedAt: new Date() })
    .onConflictDoUpdate({
      target: [preferences.accountId, preferences.name],
      set: { value: sql`excluded.value`, updatedAt: sql`excluded.updated_at` },
    });
}
