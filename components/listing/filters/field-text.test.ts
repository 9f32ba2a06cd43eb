import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locales } from "@/lib/messages/locales";
import { instantOf, parseCount, wallTimeOf } from "./field-text";

describe("parseCount", () => {
  it.each([
    ["0", 0],
    ["1,000", 1000],
    ["12,345,678", 12_345_678],
    [" 1 000 ", 1000],
    ["1\u202f000", 1000],
    ["1'000", 1000],
    ["１，２３４", 1234],
    ["１．５ｋ", 1500],
    ["1.5k", 1500],
    ["1.5 K", 1500],
    ["2M", 2_000_000],
    ["3万", 30_000],
    ["1.5만", 15_000],
    ["1.1億", 110_000_000],
    ["2亿", 200_000_000],
    ["007", 7],
  ])("%j is %d", (text, count) => {
    expect(parseCount(text)).toBe(count);
  });

  it.each([
    "",
    " ",
    "-1",
    "+1",
    "1.5",
    "1.500",
    "1,5",
    "1,5k",
    "1,00",
    "1,0000",
    "1.2345k",
    "1e3",
    "0x10",
    "k",
    "1kk",
    "∞",
    "9007199254740993",
    "ten",
  ])("%j is none", (text) => {
    expect(parseCount(text)).toBeNull();
  });

  it("reads back what any of our languages writes, in either width", () => {
    const counts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(counts, fc.constantFrom(...locales), fc.boolean(), (count, locale, isWide) => {
        const written = new Intl.NumberFormat(locale).format(count);
        const wide = written.replace(/[\d,]/g, (sign) =>
          String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
        );
        expect(parseCount(isWide ? wide : written)).toBe(count);
      }),
    );
  });

  it("gives a whole number from 0 on or none, whatever is typed", () => {
    const anything = fc.oneof(fc.string(), fc.stringMatching(/^[\d,. k万억-]{0,20}$/u));
    fc.assert(
      fc.property(anything, (text) => {
        const count = parseCount(text);
        expect(count === null || (Number.isSafeInteger(count) && count >= 0)).toBe(true);
      }),
    );
  });
});

const ZONES = [
  "UTC",
  "Asia/Seoul",
  "Asia/Kathmandu",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
  "America/New_York",
  "America/Sao_Paulo",
  "Australia/Lord_Howe",
  "Europe/Dublin",
] as const;

describe("instantOf", () => {
  it.each([
    ["UTC", "2026-01-01", "00:00", "2026-01-01T00:00:00.000Z"],
    ["Asia/Seoul", "2026-01-01", "00:00", "2025-12-31T15:00:00.000Z"],
    ["Asia/Kathmandu", "2026-01-01", "00:00:30", "2025-12-31T18:15:30.000Z"],
    ["Pacific/Kiritimati", "2026-01-01", "00:00", "2025-12-31T10:00:00.000Z"],
    ["Pacific/Pago_Pago", "2026-01-01", "23:59", "2026-01-02T10:59:00.000Z"],
    ["America/New_York", "2026-03-08", "01:59", "2026-03-08T06:59:00.000Z"],
    ["America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00:00.000Z"],
    ["America/New_York", "2026-11-01", "00:59", "2026-11-01T04:59:00.000Z"],
    ["America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00:00.000Z"],
    ["Australia/Lord_Howe", "2026-04-05", "02:15", "2026-04-04T15:45:00.000Z"],
  ])("in %s, %s %s", (zone, date, time, instant) => {
    expect(instantOf({ date, time }, zone)?.toISOString()).toBe(instant);
  });

  it("takes the earlier of two equal hours", () => {
    const at = instantOf({ date: "2026-11-01", time: "01:30" }, "America/New_York");
    expect(at?.toISOString()).toBe("2026-11-01T05:30:00.000Z");
  });

  it.each([
    ["America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30:00.000Z", "03:30"],
    ["Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00:00.000Z", "01:00"],
    ["Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T22:00:00.000Z", "12:00"],
  ])("in %s goes on after %s %s, which no clock showed", (zone, date, time, instant, shown) => {
    const at = instantOf({ date, time }, zone);
    expect(at?.toISOString()).toBe(instant);
    expect(wallTimeOf(new Date(instant), zone).time).toBe(shown);
  });

  it.each([
    ["", "00:00"],
    ["2026-01-01", ""],
    ["2026-02-30", "00:00"],
    ["2026-13-01", "00:00"],
    ["2026-01-01", "24:30"],
    ["1969-12-31", "23:59"],
    ["12026-01-01", "00:00"],
    ["0026-01-01", "00:00"],
  ])("%j %j is no moment", (date, time) => {
    expect(instantOf({ date, time }, "UTC")).toBeNull();
  });

  it("is what the wall shows at that moment, in every zone", () => {
    const moments = fc.date({
      min: new Date("1975-01-01T00:00:00Z"),
      max: new Date("2037-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, fc.constantFrom(...ZONES), (moment, zone) => {
        const at = new Date(Math.floor(moment.getTime() / 1000) * 1000);
        const wall = wallTimeOf(at, zone);
        const found = instantOf(wall, zone);
        expect(found && wallTimeOf(found, zone)).toEqual(wall);
        // The same moment, or the first of the two at which the wall shows this.
        const hoursBefore = (at.getTime() - (found?.getTime() ?? 0)) / 3_600_000;
        expect([0, 0.5, 1]).toContain(hoursBefore);
      }),
      { numRuns: 500 },
    );
  });
});

describe("wallTimeOf", () => {
  it.each([
    ["2026-01-01T00:00:00.999Z", "UTC", "2026-01-01", "00:00"],
    ["2026-01-01T00:00:07Z", "Asia/Seoul", "2026-01-01", "09:00:07"],
    ["2025-12-31T10:00:00Z", "Pacific/Kiritimati", "2026-01-01", "00:00"],
  ])("at %s in %s", (at, zone, date, time) => {
    expect(wallTimeOf(new Date(at), zone)).toEqual({ date, time });
  });
});
