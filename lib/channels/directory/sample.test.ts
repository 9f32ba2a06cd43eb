import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { channels } from "@/lib/db/channel-schema";
import type { OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import type { DirectoryQuery } from "../known-channel";
import { latestSample, readSampleUntil } from "./directory";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

describe.each(testDatabases)("sample data on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
    const base = { searchText: "", nameKey: "", firstSeenAt: NOW, seenAt: NOW };
    const known = [
      { app: "demo", organization: "Acme", sampleUntil: daysAgo(2) },
      { app: "demo", organization: "Acme", sampleUntil: daysAgo(1) },
      { app: "demo", organization: "Globex", sampleUntil: null },
      { app: "other", organization: "Acme", sampleUntil: NOW },
    ];
    await opened.db
      .insert(channels)
      .values(known.map((row, index) => ({ ...base, ...row, channelId: String(index) })));
  });
  afterAll(() => opened.close());

  const all = (app: string): DirectoryQuery => ({
    ...{ app, userId: "0b5c1b5e-6a39-4f4e-9d5b-0c6f4e7a2d11", view: "all", search: "" },
    ...{ filters: {}, sorts: [], silentDays: [], band: null },
  });
  const sampleUntil = (app: string, ...organizations: string[]) => {
    const queries = organizations.map(
      (organization): DirectoryQuery => ({
        ...all(app),
        filters: { organization: { op: "oneOf", values: [organization] } },
      }),
    );
    return readSampleUntil(opened.db, app, queries.length > 0 ? queries : [all(app)], NOW);
  };

  test("is told of until its latest time, of the channels that are wanted", async () => {
    expect(await sampleUntil("demo")).toEqual(daysAgo(1));
    expect(await sampleUntil("demo", "Acme")).toEqual(daysAgo(1));
    expect(await sampleUntil("demo", "Globex", "Acme")).toEqual(daysAgo(1));
    expect(await sampleUntil("other")).toEqual(NOW);
  });

  test("is not told of where there is none", async () => {
    expect(await sampleUntil("demo", "Globex")).toBeNull();
    expect(await sampleUntil("third")).toBeNull();
  });
});

test.each([
  [[], null],
  [[null], null],
  [[daysAgo(2), null, daysAgo(1), daysAgo(2)], daysAgo(1)],
])("of %s the latest is %s", (times, latest) => {
  expect(latestSample(times)).toEqual(latest);
});
