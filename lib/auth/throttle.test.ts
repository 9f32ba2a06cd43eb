import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { signInThrottle } from "@/lib/db/schema";
import { removeOldRows } from "@/lib/jobs/retention";
import { testDatabases } from "@/lib/testing/test-databases";
import {
  type Admission,
  admitAttempt,
  admitCode,
  forgiveAttempt,
  giveBackAttempt,
} from "./throttle";

describe.each(testDatabases)("guessing on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let now: Date;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(signInThrottle);
    now = new Date("2026-01-01T00:00:00Z");
  });

  const later = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  const guess = (email: string, address: string, deviceId: string | null = null) =>
    admitAttempt(opened.db, { email, address, deviceId }, now);
  const removeOld = () =>
    removeOldRows(opened.db, { snapshotDays: 1, now, signal: new AbortController().signal });
  const attemptOf = (admission: Admission) => {
    if (!admission.admitted) throw new Error("This attempt should have been admitted.");
    return admission.attempt;
  };
  const succeed = async (email: string, address: string) =>
    forgiveAttempt(opened.db, attemptOf(await guess(email, address)));
  const wait = (seconds: number) => ({ admitted: false, waitSeconds: seconds });
  const admitted = expect.objectContaining({ admitted: true });

  test("an account waits 2, 4, 8 … 60 seconds after five free failures, wherever they come from", async () => {
    for (let n = 1; n <= 5; n++) expect(await guess("ann", `10.0.0.${n}`)).toEqual(admitted);
    for (const [n, seconds] of [2, 4, 8, 16, 32, 60, 60].entries()) {
      expect(await guess("ann", `10.0.1.${n}`)).toEqual(admitted);
      expect(await guess("ann", `10.0.2.${n}`)).toEqual(wait(seconds));
      later(seconds);
    }
    expect(await guess("bo", "10.0.1.1")).toEqual(admitted);
  });

  test("an address waits up to 15 minutes after twenty free failures, whomever they are for", async () => {
    for (let n = 1; n <= 20; n++) expect(await guess(`person-${n}`, "10.0.0.1")).toEqual(admitted);
    for (const seconds of [2, 4, 8, 16, 32, 64, 128, 256, 512, 900]) {
      expect(await guess(`other-${seconds}`, "10.0.0.1")).toEqual(admitted);
      expect(await guess("ann", "10.0.0.1")).toEqual(wait(seconds));
      later(seconds);
    }
    expect(await guess("ann", "10.0.0.2")).toEqual(admitted);
  });

  test("attempts while waiting do not prolong the wait, nor does one of them count", async () => {
    for (let n = 1; n <= 6; n++) await guess("ann", `10.0.0.${n}`);
    expect(await guess("ann", "10.0.0.9")).toEqual(wait(2));
    later(0.5);
    expect(await guess("ann", "10.0.0.9")).toEqual(wait(2));
    later(1);
    expect(await guess("ann", "10.0.0.9")).toEqual(wait(1));
    later(0.5);
    expect(await guess("ann", "10.0.0.9")).toEqual(admitted);
    expect(await guess("ann", "10.0.0.9")).toEqual(wait(4));
  });

  test("a success clears the account and gives the address its attempt back", async () => {
    for (let n = 1; n <= 5; n++) await guess("ann", "10.0.0.1");
    for (let n = 1; n <= 40; n++) await succeed("ann", "10.0.0.1");
    for (let n = 1; n <= 5; n++) expect(await guess("ann", "10.0.0.1")).toEqual(admitted);
    expect(await guess("ann", "10.0.0.1")).toEqual(admitted);
    expect(await guess("ann", "10.0.0.1")).toEqual(wait(2));
  });

  test("a success during a wait that a later failure set leaves that wait", async () => {
    for (let n = 1; n <= 20; n++) await guess(`person-${n}`, "10.0.0.1");
    const right = await guess("ann", "10.0.0.1");
    later(2);
    await guess("bo", "10.0.0.1");
    await forgiveAttempt(opened.db, attemptOf(right));
    expect(await guess("ann", "10.0.0.1")).toEqual(wait(4));
  });

  test("counts are forgotten after 15 quiet minutes, and their rows removed", async () => {
    for (let n = 1; n <= 5; n++) await guess("ann", "10.0.0.1");
    later(15 * 60);
    expect(await guess("ann", "10.0.0.1")).toEqual(admitted);
    expect(await guess("ann", "10.0.0.1")).toEqual(wait(2));
    later(15 * 60 + 1);
    for (let n = 1; n <= 5; n++) expect(await guess("bo", "10.0.0.2")).toEqual(admitted);
    await removeOld();
    expect(await opened.db.select().from(signInThrottle)).toHaveLength(2);
  });

  test("of many guesses at once, no more come through than one after another", async () => {
    const admissions = await Promise.all(
      Array.from({ length: 40 }, (_, n) => guess("ann", `10.0.0.${n % 7}`)),
    );
    expect(admissions.filter((admission) => admission.admitted)).toHaveLength(6);
  });

  test("many people behind many addresses at once do not block each other", async () => {
    const admissions = await Promise.all(
      Array.from({ length: 60 }, (_, n) => guess(`person-${n % 12}`, `10.0.0.${n % 10}`)),
    );
    expect(admissions).toEqual(admissions.map(() => admitted));
  });

  test("an attempt that is given back counts nowhere, nor does it clear a count", async () => {
    for (let n = 1; n <= 5; n++) await guess("ann", "10.0.0.1");
    for (let n = 1; n <= 40; n++) {
      await giveBackAttempt(opened.db, attemptOf(await guess("ann", "10.0.0.1")));
    }
    expect(await guess("ann", "10.0.0.1")).toEqual(admitted);
    expect(await guess("ann", "10.0.0.1")).toEqual(wait(2));
  });

  test("a known browser waits for nobody else, and nobody waits for it", async () => {
    for (let n = 1; n <= 6; n++) await guess("ann", "10.0.0.1");
    for (let n = 1; n <= 20; n++) await guess(`person-${n}`, "10.0.0.1");
    expect(await guess("ann", "10.0.0.1")).toMatchObject({ admitted: false });
    for (let n = 1; n <= 6; n++) expect(await guess("ann", "10.0.0.1", "hers")).toEqual(admitted);
    expect(await guess("ann", "10.0.0.2", "hers")).toEqual(wait(2));
    expect(await guess("ann", "10.0.0.2", "another")).toEqual(admitted);
    later(2);
    expect(await guess("ann", "10.0.0.2")).toEqual(admitted);
  });

  test("a success in a known browser leaves the account's count to those who guess elsewhere", async () => {
    for (let n = 1; n <= 6; n++) await guess("ann", "10.0.0.1");
    await forgiveAttempt(opened.db, attemptOf(await guess("ann", "10.0.0.1", "hers")));
    expect(await guess("ann", "10.0.0.1")).toEqual(wait(2));
  });

  test("all known browsers of an account together wait up to 15 seconds after twenty free failures", async () => {
    for (let n = 1; n <= 20; n++) expect(await guess("ann", "a", `hers-${n}`)).toEqual(admitted);
    for (const seconds of [2, 4, 8, 15, 15]) {
      expect(await guess("ann", "a", `another-${seconds}`)).toEqual(admitted);
      expect(await guess("ann", "b", "one-more")).toEqual(wait(seconds));
      later(seconds);
    }
    await guess("ann", "a", "hers-1");
    expect(await guess("ann", "a")).toEqual(admitted);
    expect(await guess("bo", "a", "his")).toEqual(admitted);
  });

  test("a success in one known browser gives all together only its own attempt back", async () => {
    for (let n = 1; n <= 20; n++) await guess("ann", "a", `hers-${n}`);
    for (let n = 1; n <= 5; n++) {
      await forgiveAttempt(opened.db, attemptOf(await guess("ann", "a", "hers-1")));
    }
    expect(await guess("ann", "a", "hers-1")).toEqual(admitted);
    expect(await guess("ann", "a", "hers-1")).toEqual(wait(2));
  });

  describe("of one-time codes", () => {
    const day = 24 * 60 * 60;
    const code = (deviceId: string | null = null) =>
      admitCode(opened.db, { accountId: "ann", deviceId }, now);
    /** Attempts in browsers of which each fails twice, so that none of them waits by itself. */
    const spend = async (count: number, kind: string) => {
      for (let n = 0; n < count; n++) expect(await code(`${kind}-${n >> 1}`)).toEqual(admitted);
    };

    test("a browser waits up to 15 minutes after five free failures", async () => {
      for (let n = 1; n <= 5; n++) expect(await code()).toEqual(admitted);
      for (const seconds of [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]) {
        expect(await code()).toEqual(admitted);
        expect(await code()).toEqual(wait(seconds));
        later(seconds);
      }
      await code();
      expect(await code("hers")).toEqual(admitted);
    });

    test("the count is forgotten after a quiet day only, and its row removed", async () => {
      for (let n = 1; n <= 7; n++) {
        await code();
        later(4);
      }
      later(day - 4);
      expect(await code()).toEqual(admitted);
      expect(await code()).toEqual(wait(8));
      later(day + 1);
      for (let n = 1; n <= 5; n++) expect(await code()).toEqual(admitted);
      later(day + 1);
      await guess("bo", "10.0.0.2");
      await removeOld();
      expect(await opened.db.select().from(signInThrottle)).toHaveLength(2);
    });

    test("30 a day are looked at in browsers that are not known, whatever the pauses", async () => {
      const times: number[] = [];
      const begin = now.getTime();
      while (now.getTime() - begin < 3 * day * 1000) {
        const admission = await code();
        if (admission.admitted) times.push((now.getTime() - begin) / 1000);
        else later(admission.waitSeconds);
      }
      const inDay = (n: number) => times.filter((time) => Math.floor(time / day) === n).length;
      expect([inDay(0), inDay(1), inDay(2)]).toEqual([30, 30, 30]);
    });

    test("30 a day are in all known browsers together, and the others wait for none of them", async () => {
      await spend(30, "hers");
      expect(await code("one more")).toEqual(wait(day));
      expect(await code()).toEqual(admitted);
      later(day - 1);
      expect(await code("one more")).toEqual(wait(1));
      later(1);
      await spend(30, "another");
      expect(await code("one more")).toEqual(wait(day));
    });

    test("of many at once in many known browsers, no more come through than one after another", async () => {
      const all = await Promise.all(Array.from({ length: 60 }, (_, n) => code(`hers-${n}`)));
      expect(all.filter((admission) => admission.admitted)).toHaveLength(30);
    });

    test("who has none of the known browsers makes nobody wait in them", async () => {
      for (let n = 1; n <= 30; n++) {
        await code();
        later(900);
      }
      expect(await code()).toMatchObject({ admitted: false });
      await spend(30, "hers");
    });

    test("right ones count for nothing, and leave the wrong ones counted", async () => {
      await spend(29, "hers");
      for (let n = 1; n <= 40; n++) {
        await forgiveAttempt(opened.db, attemptOf(await code("one more")));
      }
      expect(await code("one more")).toEqual(admitted);
      expect(await code("one more")).toEqual(wait(day));
    });
  });

  test("a clock that is set back makes nobody wait longer than any wait", async () => {
    for (let n = 1; n <= 6; n++) await guess("ann", "10.0.0.1");
    later(-3600);
    expect(await guess("ann", "10.0.0.1")).toEqual(admitted);
    expect(await guess("ann", "10.0.0.1")).toEqual(wait(4));
  });

  test("neither the address nor what was typed for an e-mail address is kept", async () => {
    await guess("a password typed into the wrong field", "10.0.0.1");
    const rows = JSON.stringify(await opened.db.select().from(signInThrottle));
    expect(rows).not.toMatch(/password|10\.0\.0\.1/);
  });
});
