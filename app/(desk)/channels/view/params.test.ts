import { describe, expect, it } from "vitest";
import { channelAddress } from "@/lib/channels/channels-address";
import {
  datesProblem,
  MOST_OTHERS,
  rangeOfDates,
  readViewParams,
  viewAddress,
  zonesOf,
} from "./params";

const CHANNEL = "@TOA#_a,b";

const said = (address: string) =>
  viewAddress(readViewParams(new URL(address, "http://desk.test").searchParams));

describe("the address of a channel over time", () => {
  it.each([
    ["/channels/view", "/channels/view"],
    ["/channels/view?channel=a&range=30d&index=0&page=0", "/channels/view?channel=a"],
    ["/channels/view?channel=a&range=forever&zone=Mars/Olympus", "/channels/view?channel=a"],
    [
      "/channels/view?app=demo&channel=a&range=7d&zone=Europe/Berlin&index=1",
      "/channels/view?app=demo&channel=a&range=7d&zone=Europe/Berlin&index=1",
    ],
    [
      "/channels/view?channel=a&from=2026-10-01&to=2026-10-31&zone=Asia/Tokyo",
      "/channels/view?channel=a&from=2026-10-01&to=2026-10-31&zone=Asia/Tokyo",
    ],
    [
      "/channels/view?channel=a&from=2026-10-01&to=2026-10-31",
      "/channels/view?channel=a&from=2026-10-01&to=2026-10-31&zone=UTC",
    ],
    ["/channels/view?channel=a&from=2026-10-01", "/channels/view?channel=a"],
    ["/channels/view?channel=a&from=2026-02-30&to=2026-10-31", "/channels/view?channel=a"],
    ["/channels/view?channel=a&from=1.10.2026&to=tomorrow", "/channels/view?channel=a"],
  ])("%s means %s", (given, meant) => {
    expect(said(given)).toBe(meant);
  });

  it("compares with four others at most, with each of them once and not with itself", () => {
    expect(MOST_OTHERS).toBe(4);
    expect(said("/channels/view?channel=a&with=b,c,d,e")).toBe(
      "/channels/view?channel=a&with=b,c,d,e",
    );
    expect(said("/channels/view?channel=a&with=a,b,b,,c,d,e,f")).toBe(
      "/channels/view?channel=a&with=b,c,d,e",
    );
  });

  it("keeps ids whole, whatever is in them", () => {
    const params = readViewParams(new URLSearchParams({ channel: CHANNEL }));
    const address = viewAddress(params, { with: [`${CHANNEL}%2C&c`, "#d"] });
    const read = readViewParams(new URL(address, "http://desk.test").searchParams);
    expect(read).toMatchObject({ channel: CHANNEL, with: [`${CHANNEL}%2C&c`, "#d"] });
  });

  it("is found by a link that compares channels", () => {
    const others = ["b,c", "100%2C", "#d"];
    const address = channelAddress("demo", CHANNEL, null, others);
    const read = readViewParams(new URL(address, "http://desk.test").searchParams);
    expect(read).toMatchObject({ app: "demo", channel: CHANNEL, with: others });
  });

  it("begins the table anew where something else changes", () => {
    const params = readViewParams(new URLSearchParams({ channel: "a", page: "3" }));
    expect(params.page).toBe(3);
    expect(viewAddress(params, { range: "1y" })).toBe("/channels/view?channel=a&range=1y");
    expect(viewAddress(params, { page: 2 })).toBe("/channels/view?channel=a&page=2");
  });
});

describe("the dates of an address", () => {
  const now = new Date("2026-11-30T20:00:00Z");

  it.each([
    ["2026-11-01", "2026-11-30", "UTC", null],
    ["2026-11-01", "2026-11-01", "UTC", null],
    ["2026-11-02", "2026-11-01", "UTC", "reversed"],
    ["2026-12-01", "2026-12-02", "UTC", "future"],
    // It is tomorrow already.
    ["2026-12-01", "2026-12-02", "Asia/Tokyo", null],
    ["", "2026-11-01", "UTC", "incomplete"],
    ["2026-11-01", "", "UTC", "incomplete"],
  ])("from %s to %s in %s: %s", (from, to, zone, problem) => {
    expect(datesProblem({ from, to }, zone, now)).toBe(problem);
  });

  it.each([
    // The day on which the clock is set back has 25 hours.
    ["2026-10-25", "2026-10-25", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    ["2026-03-28", "2026-03-29", "2026-03-27T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["2026-11-30", "9999-12-31", "2026-11-29T23:00:00.000Z", "2026-11-30T20:00:00.000Z"],
  ])("are whole days, and end now at the latest: %s to %s", (first, last, from, to) => {
    const range = rangeOfDates({ from: first, to: last }, "Europe/Berlin", now);
    expect(range).toEqual({ from: new Date(from), to: new Date(to) });
  });
});

describe("zonesOf", () => {
  it("has the person's own, UTC, the app's and whatever is chosen, each once", () => {
    const zones = zonesOf("Europe/Berlin", "tokyo", "America/New_York");
    expect(zones.slice(0, 3)).toEqual(["Europe/Berlin", "UTC", "Asia/Tokyo"]);
    expect(zones.at(-1)).toBe("America/New_York");
    expect(new Set(zones).size).toBe(zones.length);
    expect(zonesOf("UTC", null, null)[0]).toBe("UTC");
  });
});
