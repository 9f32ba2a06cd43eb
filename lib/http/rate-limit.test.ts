import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { rateCounts } from "@/lib/db/schema";
import { testDatabases } from "@/lib/testing/test-databases";
import { consume, type RateLimit } from "./rate-limit";

const start = new Date("2026-01-01T00:00:00Z");

describe.each(testDatabases)("rate limits on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let now: Date;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(rateCounts);
    now = start;
  });

  const take = (...limits: RateLimit[]) => consume(opened.db, limits, now);
  const later = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  const minute = (subject: string, limit: number): RateLimit => ({
    subject,
    limit,
    windowSeconds: 60,
  });
  const allowed = null;
  const refused = (waitSeconds: number) => waitSeconds;
  const rows = () => opened.db.select().from(rateCounts);

  test("so many, then a wait that ends when it says, and that trying does not prolong", async () => {
    for (let n = 0; n < 3; n++) expect(await take(minute("ann", 3))).toEqual(allowed);
    expect(await take(minute("ann", 3))).toEqual(refused(65));
    later(64);
    expect(await take(minute("ann", 3))).toEqual(refused(1));
    later(0.999);
    expect(await take(minute("ann", 3))).toEqual(refused(1));
    later(0.001);
    for (let n = 0; n < 3; n++) expect(await take(minute("ann", 3))).toEqual(allowed);
    expect(await take(minute("ann", 3))).toEqual(refused(65));
  });

  test("a window has no edge behind which the limit would begin anew", async () => {
    const admitted: number[] = [];
    // Attempts every 0.7 s for five minutes.
    for (; now.getTime() - start.getTime() < 300_000; later(0.7)) {
      if ((await take(minute("ann", 10))) === null) admitted.push(now.getTime());
    }
    const inAMinute = admitted.map(
      (from) => admitted.filter((at) => at >= from && at < from + 60_000).length,
    );
    expect(Math.max(...inAMinute)).toBe(10);
    // Nor does it take more than a step longer than it must: 60 + 5 s for each ten.
    expect(admitted.length).toBeGreaterThanOrEqual(45);
  });

  test("attempts that came one after another expire one after another", async () => {
    for (let n = 0; n < 4; n++) {
      expect(await take(minute("ann", 4))).toEqual(allowed);
      later(10);
    }
    // It is 40 s; the first attempt counts until 65 s.
    expect(await take(minute("ann", 4))).toEqual(refused(25));
    later(25);
    expect(await take(minute("ann", 4))).toEqual(allowed);
    expect(await take(minute("ann", 4))).toEqual(refused(10));
  });

  test("a refusal of one subject does not count against another", async () => {
    expect(await take(minute("ann", 1), minute("office", 3))).toEqual(allowed);
    for (let n = 0; n < 5; n++) {
      expect(await take(minute("ann", 1), minute("office", 3))).toEqual(refused(65));
    }
    expect(await take(minute("bo", 1), minute("office", 3))).toEqual(allowed);
    expect(await take(minute("cy", 1), minute("office", 3))).toEqual(allowed);
    expect(await take(minute("di", 1), minute("office", 3))).toEqual(refused(65));
    later(65);
    expect(await take(minute("di", 1), minute("office", 3))).toEqual(allowed);
  });

  test("the wait is that of the subject which has to wait longest", async () => {
    await take(minute("ann", 1), { subject: "ann", limit: 1, windowSeconds: 3600 });
    expect(await take(minute("ann", 1), { subject: "ann", limit: 1, windowSeconds: 3600 })).toEqual(
      refused(3900),
    );
  });

  test("of fifty attempts at once the limit is let through, and not one more", async () => {
    const people = Array.from({ length: 50 }, (_, n) => `person-${n % 5}`);
    const answers = await Promise.all(
      people.map((person) => take(minute(person, 6), minute("office", 20))),
    );
    const passed = answers.filter((answer) => answer === null).length;
    expect(passed).toBe(20);
    const waiting = answers.filter((answer) => answer !== null);
    expect(waiting.every((seconds) => seconds <= 65)).toBe(true);
    // What was taken of a person while the address had used its limit has been given back.
    const counts = (await rows()).map((row) => row.count);
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(2 * passed);
  });

  test("of fifty attempts of one person at once too", async () => {
    await take(minute("ann", 8));
    later(20);
    const answers = await Promise.all(Array.from({ length: 50 }, () => take(minute("ann", 8))));
    expect(answers.filter((answer) => answer === null)).toHaveLength(7);
  });

  test("only a digest of a subject is stored", async () => {
    await take(minute("lookup:address:192.0.2.7", 5));
    expect(JSON.stringify(await rows())).not.toContain("192.0.2.7");
  });

  test("a limit or a window that could not be kept is a bug", async () => {
    await expect(take(minute("ann", 0))).rejects.toThrow(RangeError);
    const week = { subject: "ann", limit: 1, windowSeconds: 604_800 };
    await expect(take(week)).rejects.toThrow(RangeError);
  });
});
