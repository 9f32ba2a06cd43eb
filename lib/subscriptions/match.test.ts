import { describe, expect, it } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import type { Filter, Filters } from "./filter";
import { matcherOf } from "./view";

const NOW = new Date("2026-03-01T12:00:00.000Z");
const row: Subscription = {
  channelId: "@TOA#_Daily_1234567890123456789",
  name: "Straße İzmir",
  ownerId: "007",
  subscriberCount: 500,
  lastMessageAt: new Date("2026-01-30T12:00:00.000Z"),
  createdAt: null,
  introduction: "北京ニュース 한국 👩‍👩‍👧 שלום",
  organization: null,
  avatarUrl: "https://images.example/picture.png",
  customString: '{"tier":"gold"}',
  subscribedAt: new Date("2026-03-02T00:00:00.000Z"),
};

const matches = (filters: Filters, search = "") => matcherOf({ search, filters }, NOW)(row);

describe("a search", () => {
  it.each([
    ["strasse iz", true],
    ["@toa#_daily", true],
    ["1234567890123456789", true],
    ["007", true],
    [" 北京 ", true],
    ["ﾆｭｰｽ", true],
    ["한국", true],
    ["👩‍👩‍👧", true],
    ["שלום", true],
    ['"GOLD"', true],
    ["   ", true],
    ["picture", false],
    ["500", false],
    ["2026", false],
    ["null", false],
    ["7a", false],
    ["izmir @toa", false],
    ["izmir@toa", false],
  ])("for %j gives %s", (search, found) => {
    expect(matches({}, search)).toBe(found);
  });

  it("finds nothing across two texts, whatever parts them", () => {
    const parts = { channelId: "c", name: "one", ownerId: "two" };
    for (let code = 0; code < 0x10000; code += 1) {
      const search = `E${String.fromCharCode(code)}C`;
      const found = matcherOf({ search, filters: {} }, NOW)(parts);
      if (found) throw new Error(`found with U+${code.toString(16)}`);
    }
  });
});

describe("a filter", () => {
  it.each<[keyof Filters, Filter, boolean]>([
    ["name", { op: "contains", text: "STRASSE" }, true],
    ["name", { op: "contains", text: "izmir" }, true],
    ["name", { op: "is", text: "Straße İzmir" }, true],
    ["name", { op: "is", text: "Strasse Izmir" }, false],
    ["name", { op: "is", text: "Straße" }, false],
    ["name", { op: "empty" }, false],
    ["avatarUrl", { op: "contains", text: "PICTURE" }, true],
    ["ownerId", { op: "oneOf", values: ["7"] }, false],
    ["ownerId", { op: "oneOf", values: ["7", "007"] }, true],
    ["ownerId", { op: "oneOf", values: [null] }, false],
    ["ownerId", { op: "oneOf", values: [] }, false],
    ["organization", { op: "oneOf", values: ["x", null] }, true],
    ["organization", { op: "oneOf", values: ["null"] }, false],
    ["subscriberCount", { op: "between", min: 500, max: 500 }, true],
    ["subscriberCount", { op: "between", min: 501, max: null }, false],
    ["subscriberCount", { op: "between", min: null, max: 499 }, false],
    ["lastMessageAt", { op: "before", at: new Date("2026-01-30T12:00:00.000Z") }, false],
    ["lastMessageAt", { op: "before", at: new Date("2026-01-30T12:00:00.001Z") }, true],
    ["lastMessageAt", { op: "after", at: new Date("2026-01-30T12:00:00.000Z") }, true],
    ["lastMessageAt", { op: "after", at: new Date("2026-01-30T12:00:00.001Z") }, false],
    ["lastMessageAt", { op: "withinDays", days: 30 }, true],
    ["lastMessageAt", { op: "withinDays", days: 29 }, false],
    ["lastMessageAt", { op: "after", at: new Date(-8.64e15) }, true],
    ["lastMessageAt", { op: "before", at: new Date(8.64e15) }, true],
    ["subscribedAt", { op: "withinDays", days: 1 }, true],
    ["lastMessageAt", { op: "notWithinDays", days: 30 }, false],
    ["lastMessageAt", { op: "notWithinDays", days: 29 }, true],
    ["createdAt", { op: "notWithinDays", days: 30 }, true],
    ["createdAt", { op: "empty" }, true],
    ["createdAt", { op: "before", at: NOW }, false],
    ["createdAt", { op: "after", at: new Date(-8.64e15) }, false],
    ["subscriberCustomString", { op: "empty" }, false],
    ["subscriberCustomString", { op: "notWithinDays", days: 1 }, false],
    ["subscriberCustomString", { op: "contains", text: "a" }, false],
  ])("on %s, %j, gives %s", (column, filter, found) => {
    expect(matches({ [column]: filter })).toBe(found);
  });

  it("finds half a character as the address has it", () => {
    const half = { channelId: "c", name: "a\ud83d", ownerId: "a\ud83d" };
    const finds = (filters: Filters, search = "") => matcherOf({ search, filters }, NOW)(half);
    for (const text of ["a\ud83d", "a\ufffd"]) {
      expect(finds({ name: { op: "is", text } })).toBe(true);
      expect(finds({ name: { op: "contains", text } })).toBe(true);
      expect(finds({ ownerId: { op: "oneOf", values: [text] } })).toBe(true);
      expect(finds({}, text)).toBe(true);
    }
  });

  it("must hold with every other and with the search", () => {
    const filters: Filters = {
      name: { op: "contains", text: "straße" },
      subscriberCount: { op: "between", min: 1, max: null },
    };
    expect(matches(filters, "gold")).toBe(true);
    expect(matches(filters, "silver")).toBe(false);
    expect(matches({ ...filters, createdAt: { op: "withinDays", days: 1 } }, "gold")).toBe(false);
  });
});
