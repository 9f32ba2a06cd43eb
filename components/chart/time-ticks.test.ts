import { describe, expect, it } from "vitest";
import { clockOf } from "@/lib/zone-clock";
import { tickLabels, timeTicks } from "./time-ticks";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const BERLIN = "Europe/Berlin";
const NEW_YORK = "America/New_York";

const at = (text: string) => Date.parse(text);

function shown(timeZone: string, moments: readonly number[]): string[] {
  const clock = clockOf(timeZone);
  return moments.map((moment) => new Date(clock.shownAt(moment)).toISOString().slice(0, 16));
}

describe.each([BERLIN, NEW_YORK, "Asia/Shanghai", "Asia/Kolkata", "UTC"])(
  "the clock of %s",
  (zone) => {
    it("shows at the moment that it gives what it was asked for, but where it jumps", () => {
      const clock = clockOf(zone);
      let missed = 0;
      for (let face = Date.UTC(2026, 0); face < Date.UTC(2027, 0); face += HOUR / 2) {
        const found = clock.shownAt(clock.momentOf(face));
        if (found === face) continue;
        missed += 1;
        expect(found - face).toBe(HOUR);
      }
      expect(missed).toBe(zone === BERLIN || zone === NEW_YORK ? 2 : 0);
    });
  },
);

describe("timeTicks", () => {
  // Berlin puts its clocks on 29 March and 25 October 2026, New York on 8 March and 1 November.
  const YEAR = [at("2026-01-01T00:00Z"), at("2027-01-01T00:00Z")] as const;

  it.each([BERLIN, NEW_YORK])("meets every midnight of %s in a year with both changes", (zone) => {
    const { unit, moments } = timeTicks(...YEAR, zone, 366);
    expect(unit).toBe("day");
    expect(moments.length).toBe(365);
    expect(new Set(shown(zone, moments).map((text) => text.slice(11)))).toEqual(new Set(["00:00"]));
    const lengths = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
    expect(lengths.filter((length) => length === 23 * HOUR)).toHaveLength(1);
    expect(lengths.filter((length) => length === 25 * HOUR)).toHaveLength(1);
    expect(lengths.filter((length) => length === DAY)).toHaveLength(362);
  });

  it("has full hours of the clock on both sides of each change, ascending", () => {
    for (const [zone, from, hours] of [
      [BERLIN, "2026-03-28T23:00Z", 23],
      [BERLIN, "2026-10-24T22:00Z", 25],
      [NEW_YORK, "2026-03-08T05:00Z", 23],
      [NEW_YORK, "2026-11-01T04:00Z", 25],
    ] as const) {
      const { moments } = timeTicks(at(from), at(from) + hours * HOUR, zone, 24);
      const faces = shown(zone, moments);
      expect(faces.every((face) => face.endsWith(":00"))).toBe(true);
      expect(new Set(faces).size).toBe(faces.length);
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      expect(faces[0]?.slice(11)).toBe("00:00");
      expect(faces.at(-1)?.slice(11)).toBe("00:00");
    }
  });

  it.each([
    [10 * 60_000, "minute"],
    [HOUR, "minute"],
    [DAY, "minute"],
    [7 * DAY, "day"],
    [30 * DAY, "day"],
    [90 * DAY, "day"],
    [365 * DAY, "month"],
    [3650 * DAY, "month"],
    [36_500 * DAY, "month"],
  ])("has room for the marks of %s ms", (span, unit) => {
    for (const most of [4, 9]) {
      const to = at("2026-11-24T15:07Z");
      const ticks = timeTicks(to - span, to, NEW_YORK, most);
      expect(ticks.moments.length).toBeGreaterThan(0);
      expect(ticks.moments.length).toBeLessThanOrEqual(most + 1);
      if (most === 9) expect(ticks.unit).toBe(unit);
    }
  });

  it("begins weeks on Mondays", () => {
    const { moments } = timeTicks(at("2026-09-01T00:00Z"), at("2026-11-20T00:00Z"), "UTC", 12);
    expect(new Set(moments.map((moment) => new Date(moment).getUTCDay()))).toEqual(new Set([1]));
  });
});

describe("tickLabels", () => {
  it("names a day where it begins", () => {
    const ticks = timeTicks(at("2026-10-24T12:00Z"), at("2026-10-25T12:00Z"), BERLIN, 5);
    expect(tickLabels(ticks, "en", BERLIN)).toEqual([
      "18:00\nOct 24",
      "00:00\nOct 25",
      "06:00",
      "12:00",
    ]);
  });

  it.each([
    ["zh-CN", ["12月\n2026年", "1月\n2027年"]],
    ["ko", ["12월\n2026년", "1월\n2027년"]],
    ["ja", ["12月\n2026年", "1月\n2027年"]],
  ])("speaks %s", (locale, labels) => {
    const ticks = timeTicks(at("2026-11-24T00:00Z"), at("2027-01-24T00:00Z"), "Asia/Seoul", 3);
    expect(ticks.unit).toBe("month");
    expect(tickLabels(ticks, locale, "Asia/Seoul")).toEqual(labels);
  });
});
