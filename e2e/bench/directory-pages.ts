import {
  countKnownChannels,
  listChoices,
  listGroups,
  readDirectoryPage,
  readSampleUntil,
} from "@/lib/channels/directory/directory";
import { readOverview } from "@/lib/channels/directory/overview";
import { readTrends } from "@/lib/channels/history/history";
import {
  DIRECTORY_SORTS,
  DIRECTORY_VIEWS,
  type DirectoryQuery,
} from "@/lib/channels/known-channel";
import type { Database } from "@/lib/db/database";
import { APP, CHANNELS, PERSON } from "./seed-directory";

const SIZE = 50;

/** A query that a page runs. */
export type Reading = { readonly name: string; read(db: Database, now: Date): Promise<unknown> };

const ALL: DirectoryQuery = {
  app: APP,
  view: "all",
  search: "",
  filters: {},
  sorts: [{ column: "subscriberCount", descending: true }],
  silentDays: [7, 30, 90],
  band: null,
  userId: PERSON,
};

const NARROWED: readonly [string, Partial<DirectoryQuery>][] = [
  ["filtered by count", { filters: { subscriberCount: { op: "between", min: 10, max: null } } }],
  ["by change", { filters: { changeWeekPercent: { op: "between", min: 5, max: null } } }],
  ["by silence", { filters: { lastMessageAt: { op: "notWithinDays", days: 90 } } }],
  ["filtered by tags", { filters: { tags: { op: "oneOf", values: ["tag 5", null] } } }],
  ["searched", { search: "sports" }],
  ["searched for one", { search: "sports 77777" }],
];

const FURTHER: readonly [string, number][] = [
  ["in the middle", CHANNELS / 2],
  ["the last page", CHANNELS],
];

/** The pages of /channels: each view in each order, each narrowed, each order up to its end. */
export const DIRECTORY_PAGES: readonly Reading[] = [
  ...DIRECTORY_VIEWS.flatMap((view) =>
    DIRECTORY_SORTS.map((column) => {
      const sorts = [{ column, descending: true }];
      return page(`${view} by ${column}`, { query: { view, sorts }, offset: 0 });
    }),
  ),
  ...DIRECTORY_SORTS.flatMap((column) =>
    FURTHER.map(([where, offset]) => {
      const sorts = [{ column, descending: false }];
      return page(`all by ${column}, ${where}`, { query: { sorts }, offset });
    }),
  ),
  ...DIRECTORY_VIEWS.flatMap((view) =>
    NARROWED.map(([how, query]) =>
      page(`${view}, ${how}`, { query: { ...query, view }, offset: 0 }),
    ),
  ),
  ...([0, 1, 2, "never"] as const).map((band) =>
    page(`silent, band ${band}`, { query: { view: "silent", band }, offset: 0 }),
  ),
  ...(["organization", "ownerId"] as const).flatMap((by) =>
    [0, 1000].map((offset) => ({
      name: `groups by ${by}, from ${offset}`,
      async read(db: Database, now: Date) {
        await countKnownChannels(db, ALL, now);
        await listGroups(db, ALL, by, { offset, limit: SIZE }, now);
        await readSampleUntil(db, ALL.app, [ALL], now);
      },
    })),
  ),
];

export const OVERVIEW: Reading = {
  name: "overview",
  read: (db, now) => readOverview(db, ALL, now),
};

export const CHOICES: readonly Reading[] = (["ownerId", "organization", "tags"] as const).map(
  (column) => ({
    name: `choices of ${column}`,
    read: (db, now) => listChoices(db, ALL, column, now),
  }),
);

/** What the server does for a page of channels. */
function page(
  name: string,
  { query, offset }: { query: Partial<DirectoryQuery>; offset: number },
): Reading {
  return {
    name,
    async read(db, now) {
      const range = { offset, limit: SIZE };
      const narrows = query.view !== undefined && query.view !== "all";
      const [{ channels }] = await Promise.all([
        readDirectoryPage(db, { ...ALL, ...query }, range, now),
        narrows || query.filters || query.search ? countKnownChannels(db, ALL, now) : null,
      ]);
      const keys = channels.map(({ key }) => key);
      await readTrends(db, keys, now);
    },
  };
}
