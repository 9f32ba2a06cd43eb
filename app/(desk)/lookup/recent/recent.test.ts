// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import {
  earlierCount,
  forgetEverybodysLookups,
  forgetLookups,
  lookupsSnapshot,
  parseLookups,
  rememberLookup,
  subscribeToLookups,
} from "./recent";

const recent = (userId: string) => parseLookups(lookupsSnapshot(userId));
const lookup = (subscriberId: string, at = 1, app = "demo") => ({
  ...{ app, subscriberId, at },
  total: 3,
});

beforeEach(() => localStorage.clear());

describe("recent lookups", () => {
  it("keep the latest in front, each once, eight at most", () => {
    for (let id = 1; id <= 10; id++) rememberLookup("ann", lookup(String(id), id));
    rememberLookup("ann", lookup("5", 11));
    expect(recent("ann").map(({ subscriberId }) => subscriberId)).toEqual([
      "5",
      "10",
      "9",
      "8",
      "7",
      "6",
      "4",
      "3",
    ]);
  });

  it("belong to a person, and tell apps apart", () => {
    rememberLookup("ann", lookup("1"));
    rememberLookup("ann", lookup("1", 1, "other"));
    expect(recent("ann")).toHaveLength(2);
    expect(recent("ben")).toEqual([]);
  });

  it("lose nothing that another tab wrote meanwhile", () => {
    rememberLookup("ann", lookup("1", 1));
    // As another tab writes: without this one having seen it.
    localStorage.setItem('recent-lookup:ann:["demo","2"]', "2");
    rememberLookup("ann", lookup("3", 3));
    expect(recent("ann").map(({ subscriberId }) => subscriberId)).toEqual(["3", "2", "1"]);
  });

  it("say how many channels there were, and when", () => {
    rememberLookup("ann", lookup("1", 5));
    // As an earlier version stored it, and as nobody does.
    localStorage.setItem('recent-lookup:ann:["demo","2"]', "4");
    localStorage.setItem('recent-lookup:ann:["demo","3"]', "soon");
    expect(recent("ann")).toEqual([
      { app: "demo", subscriberId: "1", at: 5, total: 3 },
      { app: "demo", subscriberId: "2", at: 4, total: null },
      { app: "demo", subscriberId: "3", at: 0, total: null },
    ]);
  });

  it("are forgotten on request, and say so", () => {
    let changes = 0;
    const stop = subscribeToLookups(() => {
      changes += 1;
    });
    rememberLookup("ann", lookup("1"));
    rememberLookup("ben", lookup("1"));
    forgetLookups("ann");
    stop();
    rememberLookup("ann", lookup("2"));
    expect(changes).toBe(3);
    expect(recent("ben")).toHaveLength(1);
  });

  it("are all gone where browsers keep no ids, and nothing else is", () => {
    rememberLookup("ann", lookup("1"));
    rememberLookup("ben", lookup("1"));
    localStorage.setItem("another", "1");
    forgetEverybodysLookups();
    expect(Object.keys(localStorage)).toEqual(["another"]);
  });

  it.each(["", "nonsense", "{}", "[1]", '["demo",1]', "null"])(
    "are none when the storage holds an entry for %s",
    (names) => {
      localStorage.setItem(`recent-lookup:ann:${names}`, "1");
      expect(recent("ann")).toEqual([]);
    },
  );
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SUBJECT = { app: "demo", subscriberId: "1" };
const remember = (at: number, total: number) => rememberLookup("ann", { ...SUBJECT, at, total });
const earlier = (at: number) => earlierCount("ann", SUBJECT, at);

describe("the count to compare a lookup with", () => {
  it("is none at the first lookup, for another person, and in another app", () => {
    expect(earlier(DAY)).toBeNull();
    remember(DAY, 8);
    expect(earlier(DAY)).toBeNull();
    expect(earlierCount("ben", SUBJECT, 2 * DAY)).toBeNull();
    expect(earlierCount("ann", { ...SUBJECT, app: "other" }, 2 * DAY)).toBeNull();
  });

  it("is yesterday's, however often the list is read again or paged", () => {
    remember(DAY, 8);
    for (const minutes of [0, 1, 59, 90, 140]) {
      const at = 2 * DAY + minutes * 60_000;
      expect(earlier(at)).toEqual({ at: DAY, total: 8 });
      remember(at, 7);
      expect(earlier(at)).toEqual({ at: DAY, total: 8 });
    }
    expect(earlier(3 * DAY)).toEqual({ at: 2 * DAY + 140 * 60_000, total: 7 });
  });

  it("is never later than the answer that is compared, as in a tab left open", () => {
    remember(DAY, 8);
    remember(2 * DAY, 9);
    expect(earlier(DAY + HOUR)).toEqual({ at: DAY, total: 8 });
    expect(earlier(DAY)).toBeNull();
  });

  it("is dropped once the clock was set back behind it", () => {
    remember(3 * DAY, 8);
    remember(4 * DAY, 9);
    expect(earlier(DAY)).toBeNull();
    remember(DAY, 7);
    expect(earlier(2 * DAY)).toEqual({ at: DAY, total: 7 });
  });

  it("is the one that another tab wrote meanwhile", () => {
    remember(DAY, 8);
    localStorage.setItem('recent-lookup:ann:["demo","1"]', `${2 * DAY} 5 ${DAY} 8`);
    expect(earlier(2 * DAY + 1)).toEqual({ at: DAY, total: 8 });
    remember(3 * DAY, 6);
    expect(earlier(3 * DAY)).toEqual({ at: 2 * DAY, total: 5 });
  });

  it.each([
    ["86400000 8", { at: DAY, total: 8 }],
    ["86400000", null],
    ["soon", null],
    ["86400000 8 9", null],
    ["86400000 -8", null],
    ["86400000 8 5 6 7", null],
    ["99999999999999999999 8", null],
    [`${2 * DAY} 8 soon 9`, null],
  ])("reads an entry as an earlier version stored it, and ignores garbage: %s", (value, count) => {
    localStorage.setItem('recent-lookup:ann:["demo","1"]', value);
    expect(earlier(2 * DAY)).toEqual(count);
    remember(2 * DAY, 3);
    expect(earlier(2 * DAY)).toEqual(count);
  });
});
