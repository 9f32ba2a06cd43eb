import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf, wallTimeOf } from "./wall-time";

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
