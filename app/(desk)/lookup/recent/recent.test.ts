// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import {
  forgetEverybodysLookups,
  forgetLookups,
  lookupsSnapshot,
  parseLookups,
  rememberLookup,
  subscribeToLookups,
} from "./recent";

const recent = (userId: string) => parseLookups(lookupsSnapshot(userId));
const lookup = (subscriberId: string, app = "demo") => ({ app, subscriberId, total: 3 });

beforeEach(() => localStorage.clear());

describe("recent lookups", () => {
  it("keep the latest in front, each once, eight at most", () => {
    for (let id = 1; id <= 10; id++) rememberLookup("ann", lookup(String(id)), id);
    rememberLookup("ann", lookup("5"), 11);
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
    rememberLookup("ann", lookup("1", "other"));
    expect(recent("ann")).toHaveLength(2);
    expect(recent("ben")).toEqual([]);
  });

  it("lose nothing that another tab wrote meanwhile", () => {
    rememberLookup("ann", lookup("1"), 1);
    // As another tab writes: without this one having seen it.
    localStorage.setItem('recent-lookup:ann:["demo","2"]', "2");
    rememberLookup("ann", lookup("3"), 3);
    expect(recent("ann").map(({ subscriberId }) => subscriberId)).toEqual(["3", "2", "1"]);
  });

  it("say how many channels there were, and when", () => {
    rememberLookup("ann", lookup("1"), 5);
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
