// The zone of the machine must not matter: this one changes its clocks within the days that are looked at.
process.env.TZ = "Europe/Berlin";

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeOf } from "@/lib/channels/history/history";
import { channels, channelTags, tags, watches } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { accounts } from "@/lib/db/schema";
import type { Filter } from "@/lib/subscriptions/filter";
import { foldedText } from "@/lib/subscriptions/folded-text";
import { testDatabases } from "@/lib/testing/test-databases";
import type { DirectoryQuery } from "../known-channel";
import {
  DIRECTORY_SORTS,
  DIRECTORY_VIEWS,
  type DirectoryFilterId,
  type DirectorySortId,
  REFRESH_STATES,
  refreshState,
} from "../known-channel";
import { foldedKeys } from "../observations/observe";
import {
  countKnownChannels,
  findKnownChannel,
  listBands,
  listChoices,
  listGroups,
  listKnownChannels,
  readDirectoryPage,
} from "./directory";

const DAY = 86_400_000;
const NOW = new Date("2026-10-28T12:00:00.000Z");
const ME = "11111111-1111-4111-8111-111111111111";
const SOMEBODY = "22222222-2222-4222-8222-222222222222";

const NAMES = [
  "Morning news",
  "morning NEWS",
  "50% off",
  "a_b",
  "a\\b",
  "\\%_",
  "שלום עולם",
  "😀 smile",
  "\u{ff5e} wide",
  "ＡＢＣ",
  "ﬁne ß",
  "İstanbul",
  "two\nlines",
  "'; drop table channels; --",
  "뉴스 채널",
  "新闻",
];

type Kept = ReturnType<typeof makeChannels>[number];

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function makeChannels(many: number, app: string, seed: number) {
  const random = randomFrom(seed);
  const pick = <Value>(values: readonly Value[]) =>
    values[Math.floor(random() * values.length)] as Value;
  const maybe = <Value>(value: Value) => (random() < 0.15 ? null : value);
  // Many lie at a boundary, or a millisecond beside it.
  const ago = () =>
    new Date(NOW.getTime() - pick([0, 1, 7, 29, 30, 31, 90, 365]) * DAY + pick([-1, 0, 0, 1, 3e6]));
  return Array.from({ length: many }, (_, index) => {
    const texts = {
      channelId: `@TOA#_${app}_${pick(["a", "B", "%", "_"])}${index}`,
      name: maybe(pick(NAMES)),
      ownerId: maybe(pick(["user-1", "User-2", "user_3", "사용자", "a,b"])),
      organization: maybe(pick(["Acme", "acme", "ＡＣＭＥ", "Ünion", "😀"])),
    };
    const subscriberCount = maybe(pick([0, 1, 7, 7, 500, 2 ** 40]));
    const change = () => (subscriberCount === null ? null : maybe(pick([-7, -1, 0, 1, 3, 500])));
    const lastMessageReadAt = maybe(NOW);
    return {
      ...texts,
      ...foldedKeys(texts),
      app,
      introduction: maybe("About."),
      avatarUrl: null,
      createdAt: maybe(ago()),
      subscriberCount,
      countedAt: subscriberCount === null ? null : ago(),
      lastMessageAt: lastMessageReadAt && maybe(ago()),
      lastMessageReadAt,
      changeDay: change(),
      changeWeek: change(),
      changeMonth: change(),
      firstSeenAt: ago(),
      seenAt: NOW,
      goneAt: random() < 0.1 ? ago() : null,
      refreshMinutes: maybe(pick([15, 720, 1440])),
      refreshProblem: random() < 0.2 ? "timeout" : null,
      tags: ["red", "green", "100%"].filter(() => random() < 0.2),
      watchers: [ME, SOMEBODY, null].filter(() => random() < 0.15),
    };
  });
}

const values = (...of: (string | null)[]): Filter => ({ op: "oneOf", values: of });

const ALL = makeChannels(300, "demo", 1);
const QUERY: DirectoryQuery = {
  app: "demo",
  view: "all",
  search: "",
  filters: {},
  sorts: [],
  silentDays: [7, 30, 90],
  band: null,
  userId: ME,
};

/** Silent since, in milliseconds before now; infinite: never a message; null: nobody knows. */
function silence({ lastMessageAt, lastMessageReadAt }: Kept): number | null {
  if (lastMessageAt) return NOW.getTime() - lastMessageAt.getTime();
  return lastMessageReadAt ? Number.POSITIVE_INFINITY : null;
}

function isInView(row: Kept, { view, silentDays, band }: DirectoryQuery): boolean {
  if (view === "all") return true;
  if (view === "gone") return row.goneAt !== null;
  if (row.goneAt) return false;
  if (view === "watched") return row.watchers.some((who) => who !== SOMEBODY);
  if (view === "growing") return (row.changeWeek ?? 0) > 0;
  if (view === "shrinking") return (row.changeWeek ?? 0) < 0;
  if (view === "new") {
    return (row.createdAt ?? row.firstSeenAt).getTime() >= NOW.getTime() - 7 * DAY;
  }
  const silent = silence(row);
  if (silent === null) return false;
  if (band === null) return silent >= (silentDays[0] ?? Number.POSITIVE_INFINITY) * DAY;
  return bandOf(silent, silentDays) === band;
}

function bandOf(silent: number, silentDays: readonly number[]): number | "never" | undefined {
  if (silent === Number.POSITIVE_INFINITY) return "never";
  const index = silentDays.findLastIndex((days) => silent >= days * DAY);
  return index < 0 ? undefined : index;
}

function withPercents(row: Kept) {
  const percent = (change: number | null) => changeOf(row.subscriberCount, change)?.percent ?? null;
  return {
    ...row,
    changeDayPercent: percent(row.changeDay),
    changeWeekPercent: percent(row.changeWeek),
    changeMonthPercent: percent(row.changeMonth),
  };
}

function watchersOf({ watchers }: Kept): string[] {
  const known = watchers.flatMap((who) => (who === ME ? "me" : who === null ? "team" : []));
  return known.length === 0 ? ["nobody"] : known;
}

function isMatch(row: Kept, column: DirectoryFilterId, filter: Filter): boolean {
  const watchedBy = watchersOf(row);
  const all = { ...withPercents(row), refreshState: refreshState(row, NOW), watchedBy };
  const values = column === "tags" || column === "watchedBy" ? all[column] : [all[column]];
  const times = values.flatMap((value) => (value instanceof Date ? value.getTime() : []));
  const texts = values.flatMap((value) => (typeof value === "string" ? value : []));
  switch (filter.op) {
    case "contains":
      return texts.some((text) => foldedText(text).includes(foldedText(filter.text)));
    case "is":
      return texts.includes(filter.text);
    case "empty":
      if (column === "lastMessageAt") return silence(row) === Number.POSITIVE_INFINITY;
      return values[0] === null;
    case "oneOf":
      return (
        texts.some((text) => filter.values.includes(text)) ||
        (texts.length === 0 && filter.values.includes(null))
      );
    case "between":
      return values.some(
        (value) =>
          typeof value === "number" &&
          value >= (filter.min ?? -1e20) &&
          value <= (filter.max ?? 1e20),
      );
    case "before":
      return times.some((time) => time < filter.at.getTime());
    case "after":
      return times.some((time) => time >= filter.at.getTime());
    case "withinDays":
      return times.some((time) => time >= NOW.getTime() - filter.days * DAY);
    case "notWithinDays":
      return (
        times.some((time) => time < NOW.getTime() - filter.days * DAY) ||
        isMatch(row, column, { op: "empty" })
      );
  }
}

function naive(query: DirectoryQuery): Kept[] {
  const wanted = foldedText(query.search.trim());
  const searched = query.searched ?? ["name", "channelId", "ownerId", "organization"];
  return ALL.filter(
    (row) =>
      isInView(row, query) &&
      Object.entries(query.filters).every(
        ([column, filter]) => filter && isMatch(row, column as DirectoryFilterId, filter),
      ) &&
      (wanted === "" || searched.some((text) => foldedText(row[text] ?? "").includes(wanted))),
  ).sort((a, b) => {
    for (const { column, descending } of query.sorts) {
      const [left, right] = [sortValue(a, column), sortValue(b, column)];
      if (left === null && right === null) continue;
      if (left === null) return 1;
      if (right === null) return -1;
      const order =
        typeof left === "number" || typeof right === "number"
          ? Number(left) - Number(right)
          : Buffer.compare(Buffer.from(left), Buffer.from(right));
      if (order !== 0) return descending ? -order : order;
    }
    return ALL.indexOf(a) - ALL.indexOf(b);
  });
}

function sortValue(row: Kept, column: DirectorySortId): string | number | null {
  if (column === "name") return row.name && row.nameKey;
  const value = withPercents(row)[column];
  return value instanceof Date ? value.getTime() : value;
}

async function fill(db: Database): Promise<void> {
  await db.insert(accounts).values(
    [ME, SOMEBODY].map((id, index) => ({
      id,
      email: `${index}@demo.test`,
      name: "A person",
      role: "product" as const,
    })),
  );
  await db.insert(tags).values(["red", "green", "100%"].map((name) => ({ name })));
  for (const made of [makeChannels(20, "other", 2), ALL]) {
    const keys = await db.insert(channels).values(made).returning({ key: channels.key });
    const keyed = made.map((row, index) => ({ ...row, key: keys[index]?.key ?? 0 }));
    await db
      .insert(channelTags)
      .values(keyed.flatMap((row) => row.tags.map((tag) => ({ channelKey: row.key, tag }))));
    await db
      .insert(watches)
      .values(
        keyed.flatMap((row) =>
          row.watchers.map((accountId) => ({ channelKey: row.key, accountId, createdAt: NOW })),
        ),
      );
  }
}

describe.each(testDatabases)("the directory on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
    await fill(db);
  });
  afterAll(() => opened.close());

  async function expectSame(part: Partial<DirectoryQuery>, offset = 0, limit = 50): Promise<void> {
    const query = { ...QUERY, ...part };
    const rows = naive(query);
    const page = await readDirectoryPage(db, query, { offset, limit }, NOW);
    const last = Math.max(0, Math.ceil(rows.length / limit) - 1) * limit;
    expect(page.offset).toBe(Math.min(offset, last));
    expect(page.channels.map(({ channelId }) => channelId)).toEqual(
      rows.slice(page.offset, page.offset + limit).map(({ channelId }) => channelId),
    );
    expect(page.total).toBe(rows.length);
  }

  it.each(DIRECTORY_VIEWS)("finds what is in the view %s", async (view) => {
    await expectSame({ view }, 0, 300);
    await expectSame({ view, sorts: [{ column: "changeWeek", descending: true }] }, 8, 8);
    await expectSame({ view, sorts: [{ column: "name", descending: false }] }, 100, 8);
  });

  it.each(DIRECTORY_SORTS)(
    "puts channels in the order of %s, from the first to the last",
    async (column) => {
      for (const descending of [false, true]) {
        await expectSame({ sorts: [{ column, descending }] }, 0, 60);
        await expectSame({ sorts: [{ column, descending }] }, 0, 300);
      }
    },
  );

  it.each(DIRECTORY_SORTS)("finds any stretch of the order of %s", async (column) => {
    for (const descending of [false, true]) {
      const sorts = [
        { column, descending },
        { column: "countedAt", descending: true },
      ] as const;
      for (const offset of [60, 123, 210, 270, 295, 300, 9999]) {
        await expectSame({ sorts }, offset, 20);
      }
      await expectSame({ sorts, view: "silent", search: "o" }, 70, 7);
      await expectSame({ sorts, filters: { ownerId: values("user-1", null) } }, 70, 7);
    }
  });

  it("breaks ties by the next sort, then as the channels were met", async () => {
    const sorts = [
      { column: "organization", descending: true },
      { column: "subscriberCount", descending: false },
      { column: "name", descending: true },
    ] as const;
    await expectSame({ sorts }, 0, 60);
    await expectSame({ sorts }, 100, 200);
    await expectSame({}, 0, 300);
    await expectSame({}, 300, 50);
    const range = { offset: 0, limit: 200 };
    const listed = await listKnownChannels(db, { ...QUERY, sorts }, range.limit, NOW);
    const page = await readDirectoryPage(db, { ...QUERY, sorts }, range, NOW);
    expect(listed).toEqual(page.channels);
  });

  const at = new Date(NOW.getTime() - 30 * DAY);
  const times: Filter[] = [
    { op: "before", at },
    { op: "after", at },
    { op: "after", at: new Date(8.64e15) },
    { op: "before", at: new Date(8.64e15) },
    { op: "after", at: new Date(-8.64e15) },
    { op: "withinDays", days: 7 },
    { op: "withinDays", days: 30 },
    { op: "notWithinDays", days: 30 },
    { op: "notWithinDays", days: 90 },
    { op: "empty" },
  ];
  const changes: Filter[] = [
    { op: "between", min: 1, max: null },
    { op: "between", min: -7, max: -1 },
    { op: "between", min: null, max: 0 },
    { op: "between", min: 0, max: 0 },
  ];
  const percents: Filter[] = [
    ...changes,
    { op: "between", min: 0.6, max: 75 },
    { op: "between", min: -87.5, max: -1.3807 },
  ];
  const texts: Filter[] = [
    ...[
      "news",
      "NEWS",
      "%",
      "_",
      "\\",
      "\\%",
      "שלום",
      "😀",
      "abc",
      "fi",
      "SS",
      "'",
      "新",
      "i",
      "a_b",
    ].map((text) => ({ op: "contains", text }) as const),
    ...["a_b", "A_B", "50% off", "two\nlines", "@TOA#_demo_a0"].map(
      (text) => ({ op: "is", text }) as const,
    ),
    { op: "empty" },
  ];
  it.each<[DirectoryFilterId, Filter[]]>([
    ["name", texts],
    ["channelId", texts],
    ["ownerId", [values("user-1", "a,b"), values(null), values("User-1"), values("사용자", null)]],
    ["organization", [values("Acme"), values(null, "😀"), values("%"), values("ＡＣＭＥ", "acme")]],
    [
      "tags",
      [values("red"), values("red", "green"), values(null), values("100%", null), values("%")],
    ],
    [
      "watchedBy",
      [
        values("me"),
        values("team"),
        values("me", "team"),
        values("nobody"),
        values("team", "nobody"),
      ],
    ],
    [
      "subscriberCount",
      [
        { op: "between", min: 7, max: 500 },
        { op: "between", min: null, max: 0 },
        { op: "between", min: 501, max: null },
        { op: "between", min: 0, max: Number.MAX_SAFE_INTEGER },
      ],
    ],
    ["changeDay", changes],
    ["changeWeek", changes],
    ["changeMonth", changes],
    ["changeDayPercent", percents],
    ["changeWeekPercent", percents],
    ["changeMonthPercent", percents],
    ["lastMessageAt", times],
    ["countedAt", times],
    ["createdAt", times],
    ["firstSeenAt", times],
    ["goneAt", times],
    ["refreshState", [...REFRESH_STATES.map((state) => values(state)), values("stale", "failing")]],
  ])("finds by %s", async (column, filters) => {
    for (const filter of filters) await expectSame({ filters: { [column]: filter } }, 0, 300);
  });

  it("finds what matches all filters, the search and the view", async () => {
    const filters = {
      tags: values("red", "100%"),
      subscriberCount: { op: "between", min: 1, max: null },
    } as const;
    await expectSame({ view: "silent", search: "o", filters });
    await expectSame({
      view: "watched",
      search: "toa",
      filters: { ownerId: values("user-1", null) },
    });
  });

  it.each([
    "news",
    " NEWS ",
    "%",
    "a_b",
    "\\",
    "שלום",
    "😀",
    "acme",
    "ACME user",
    "toa#_demo_%",
    "fine ss",
    "채널",
    "i",
    "   ",
  ])("searches for %j", async (search) => {
    await expectSame({ search }, 0, 300);
    await expectSame({ search, searched: ["name", "channelId"] }, 0, 300);
    await expectSame({ search, searched: ["organization", "channelId"] }, 0, 300);
  });

  it("finds nothing by a text that no database holds, nor over two texts", async () => {
    for (const text of ["\0", "a\0", "news\n@TOA"]) {
      const filters: Record<string, Filter> = {
        name: { op: "contains", text },
        channelId: { op: "is", text },
        tags: { op: "oneOf", values: [text] },
      };
      expect(await countKnownChannels(db, { ...QUERY, search: `x${text}x` }, NOW)).toBe(0);
      for (const [column, filter] of Object.entries(filters)) {
        const query = { ...QUERY, filters: { [column]: filter } };
        expect(await countKnownChannels(db, query, NOW)).toBe(0);
      }
    }
    expect(await findKnownChannel(db, "demo", "\0", ME)).toBeNull();
  });

  it.each([[[7, 30, 90]], [[30]], [[1, 7, 29, 30, 31]], [[]]])(
    "puts silent channels into bands by %j days",
    async (silentDays) => {
      const bands = await listBands(db, { ...QUERY, silentDays, view: "silent" }, NOW);
      expect(bands.map(({ days }) => days)).toEqual([...silentDays, "never"]);
      for (const [index, { days, count }] of bands.entries()) {
        const band = days === "never" ? days : index;
        const query = { silentDays, band, view: "silent" } as const;
        expect(count).toBe(naive({ ...QUERY, ...query }).length);
        await expectSame({ ...query, sorts: [{ column: "lastMessageAt", descending: false }] });
      }
      const all = await countKnownChannels(db, { ...QUERY, silentDays, view: "silent" }, NOW);
      expect(bands.reduce((sum, { count }) => sum + count, 0)).toBe(all);
    },
  );

  it("has no channel in a band that there is not", async () => {
    await expectSame({ view: "silent", band: 3 });
  });

  it.each(["organization", "ownerId"] as const)("adds up groups by %s", async (by) => {
    const query = { ...QUERY, view: "silent", search: "o" } as const;
    const rows = naive(query);
    const groups = [...new Set(rows.map((row) => row[by]))].map((value) => {
      const of = rows.filter((row) => row[by] === value);
      const changes = of.flatMap(({ changeWeek }) => changeWeek ?? []);
      return {
        value,
        channels: of.length,
        subscribers: of.reduce((sum, row) => sum + (row.subscriberCount ?? 0), 0),
        changeWeek: changes.length === 0 ? null : changes.reduce((sum, change) => sum + change, 0),
      };
    });
    groups.sort((a, b) => b.subscribers - a.subscribers || b.channels - a.channels);
    const found = await listGroups(db, query, by, { offset: 1, limit: 3 }, NOW);
    expect(found).toEqual({ groups: groups.slice(1, 4), total: groups.length });
  });

  it("offers what can be chosen, whatever is chosen of it now", async () => {
    const columns = ["ownerId", "organization", "refreshState", "tags", "watchedBy"] as const;
    for (const column of columns) {
      const filters = { [column]: values("acme", "red", "user-1") };
      const choices = await listChoices(db, { ...QUERY, view: "silent", filters }, column, NOW);
      const offered = new Map(choices.map(({ value, count }) => [value, count]));
      const rows = naive({ ...QUERY, view: "silent" });
      const all = rows.flatMap((row): (string | null)[] => {
        if (column === "watchedBy") return watchersOf(row);
        if (column !== "tags")
          return [column === "refreshState" ? refreshState(row, NOW) : row[column]];
        return row.tags.length === 0 ? [null] : row.tags;
      });
      expect(offered).toEqual(
        new Map(all.map((value) => [value, all.filter((other) => other === value).length])),
      );
      const counts = choices.map(({ count }) => count);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    }
  });

  it("tells all that is known of a channel, with what people made of it", async () => {
    const row = ALL.find(
      ({ tags: { length }, changeWeek, watchers }) =>
        length > 1 && changeWeek && watchers.includes(ME),
    );
    if (!row) throw new Error("There is no such channel.");
    const found = await findKnownChannel(db, "demo", row.channelId, ME);
    const { searchText: _, nameKey: __, watchers, ...kept } = row;
    expect(found).toEqual({
      ...kept,
      key: expect.any(Number),
      changeDay:
        row.changeDay === null ? null : expect.objectContaining({ absolute: row.changeDay }),
      changeWeek: expect.objectContaining({ absolute: row.changeWeek }),
      changeMonth:
        row.changeMonth === null ? null : expect.objectContaining({ absolute: row.changeMonth }),
      sampleUntil: null,
      tags: row.tags.toSorted(),
      watchedByMe: true,
      watchedByTeam: watchers.includes(null),
    });
    expect(await findKnownChannel(db, "other", row.channelId, ME)).toBeNull();
    const asSomebody = await findKnownChannel(db, "demo", row.channelId, SOMEBODY);
    expect(asSomebody?.watchedByMe).toBe(watchers.includes(SOMEBODY));
  });

  it("knows nothing of an app without channels", async () => {
    const query = { ...QUERY, app: "none" };
    expect(await listKnownChannels(db, query, 50, NOW)).toEqual([]);
    expect(await countKnownChannels(db, query, NOW)).toBe(0);
    expect(await listGroups(db, query, "ownerId", { offset: 0, limit: 9 }, NOW)).toEqual({
      groups: [],
      total: 0,
    });
    expect(await listChoices(db, query, "tags", NOW)).toEqual([]);
  });
});
