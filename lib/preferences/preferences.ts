import { eq, sql } from "drizzle-orm";
// biome-ignore lint/style/noRestrictedImports: no hook, but what React keeps for one request
import { cache } from "react";
import { z } from "zod";
import type { Database } from "@/lib/db/database";
import { preferences } from "@/lib/db/schema";
import { CSV_SEPARATORS } from "@/lib/export/formats";

const MAX_COLUMNS = 64;
const columnId = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,31}$/);
const columnIds = z.array(columnId).max(MAX_COLUMNS).readonly();
const width = z.number().min(60).max(800);
const widths = z
  .record(columnId, width)
  .refine((columns) => Object.keys(columns).length <= MAX_COLUMNS)
  .readonly();

const table = z
  .strictObject({
    density: z.enum(["compact", "comfortable", "roomy"]),
    order: columnIds,
    widths,
    pinned: columnIds,
  })
  .readonly();
const plainTable: z.output<typeof table> = {
  ...{ density: "comfortable", order: [], widths: {}, pinned: [] },
};

/** One preference as sent by a browser; at most a few kilobytes. */
export const preferenceInput = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("lookupTable"), value: table }),
  z.strictObject({ name: z.literal("channelsTable"), value: table }),
  z.strictObject({ name: z.literal("singleKeys"), value: z.boolean() }),
  z.strictObject({ name: z.literal("csvSeparator"), value: z.enum(CSV_SEPARATORS) }),
]);

/** The default of a preference stands for one that is not stored, or no longer understood. */
const storedPreferences = z.object({
  lookupTable: table.catch(plainTable),
  channelsTable: table.catch(plainTable),
  /** Whether a single letter may be a shortcut. */
  singleKeys: z.boolean().catch(true),
  csvSeparator: z.enum(CSV_SEPARATORS).catch("comma"),
});

/** The preferences of a person, on every device. */
export type Preferences = Readonly<z.output<typeof storedPreferences>>;

/** Returns a person's preferences. Read once while a page is rendered. */
export const getPreferences = cache(
  async (db: Database, accountId: string): Promise<Preferences> => {
    const rows = await db
      .select({ name: preferences.name, value: preferences.value })
      .from(preferences)
      .where(eq(preferences.accountId, accountId));
    return storedPreferences.parse(
      Object.fromEntries(rows.map(({ name, value }) => [name, value])),
    );
  },
);

/** Stores one preference of a person. The last write wins. */
export async function savePreference(
  db: Database,
  accountId: string,
  { name, value }: z.output<typeof preferenceInput>,
): Promise<void> {
  await db
    .insert(preferences)
    .values({ accountId, name, value, updatedAt: new Date() })
    .onConflictDoUpdate({
      target: [preferences.accountId, preferences.name],
      set: { value: sql`excluded.value`, updatedAt: sql`excluded.updated_at` },
    });
}
