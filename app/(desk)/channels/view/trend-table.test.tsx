import { cleanup, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ComponentProps } from "react";
import { describe, expect, it } from "vitest";
import type { HistoryPoint } from "@/lib/channels/history/history";
import { basesOf, trendOf, trendRows } from "@/lib/channels/history/trend";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import { TrendTable } from "./trend-table";

const HOUR = 3_600_000;
// An hour before Berlin puts its clocks back.
const START = Date.parse("2026-10-24T23:00:00Z");

function read(hour: number, count: number): HistoryPoint {
  const at = new Date(START + hour * HOUR);
  return { at, until: at, count, least: null, most: null, resolution: "reading" };
}

const range = (hours: number) => ({ from: new Date(START), to: new Date(START + hours * HOUR) });
const gapAt = () => 4 * HOUR;
const ONE = { id: "@TOA#_one", name: "One" };
const TWO = { id: "@TOA#_two", name: "Two" };

function table(props: Partial<ComponentProps<typeof TrendTable>>) {
  render(
    <NextIntlClientProvider
      locale="en"
      messages={messages}
      formats={formats}
      timeZone="UTC"
      now={new Date(START)}
    >
      <TrendTable
        rows={[]}
        channels={[ONE]}
        timeZone="UTC"
        bases={null}
        page={1}
        addressOf={(page) => `/channels/view?page=${page}`}
        {...props}
      />
    </NextIntlClientProvider>,
  );
  const [head, ...rows] = screen.getAllByRole("row");
  return {
    head: within(head as HTMLElement)
      .getAllByRole("columnheader")
      .map(({ textContent }) => textContent),
    rows: rows.map((row) => [
      within(row).getByRole("rowheader").textContent,
      ...within(row)
        .getAllByRole("cell")
        .map(({ textContent }) => textContent),
    ]),
  };
}

describe("the table of a trend", () => {
  it("tells times by the zone's clock, also where an hour comes twice", () => {
    const points = [read(0, 1204), read(1, 1210), read(2, 1200)];
    const rows = trendRows(trendOf([{ points, gapAt }], range(2))).toReversed();
    const shown = table({ rows, timeZone: "Europe/Berlin" });
    expect(shown.head).toEqual(["Time", "Subscribers", "Change"]);
    expect(shown.rows).toEqual([
      ["Oct 25, 2026, 02:00:00 GMT+1", "1,200", "−10"],
      ["Oct 25, 2026, 02:00:00 GMT+2", "1,210", "+6"],
      ["Oct 25, 2026, 01:00:00 GMT+2", "1,204", ""],
    ]);
  });

  it("says where nobody read", () => {
    const points = [read(0, 7), read(8, 9)];
    const rows = trendRows(trendOf([{ points, gapAt }], range(8))).toReversed();
    expect(table({ rows }).rows.map(([, count, change]) => [count, change])).toEqual([
      ["9", ""],
      ["no data", ""],
      ["7", ""],
    ]);
  });

  it("has each channel's count with its index", () => {
    const sources = [
      { points: [read(0, 200), read(1, 250)], gapAt },
      { points: [read(0, 0), read(1, 5)], gapAt },
    ];
    const trend = trendOf(sources, range(1));
    const rows = trendRows(trend).toReversed();
    const shown = table({ rows, channels: [ONE, TWO], bases: basesOf(trend) });
    expect(shown.head).toEqual(["Time", "One (index)", "Change One", "Two (index)", "Change Two"]);
    expect(shown.rows[0]?.slice(1)).toEqual(["125 (250)", "+50", "no index (5)", "+5"]);
  });

  it("says between what an hour lay, where one of the rows is of an hour", () => {
    const hour = { ...read(0, 200), least: 190, most: 1250, resolution: "hour" as const };
    const rows = trendRows(trendOf([{ points: [hour, read(1, 250)], gapAt }], range(1)));
    const shown = table({ rows });
    expect(shown.head).toEqual(["Time", "Subscribers", "Change", "Low", "High"]);
    expect(shown.rows.map((cells) => cells.slice(1))).toEqual([
      ["200", "", "190", "1,250"],
      ["250", "+50", "", ""],
    ]);
    cleanup();
    const indexed = table({ rows, bases: [200] });
    expect(indexed.head.slice(3)).toEqual(["Low (index)", "High (index)"]);
    expect(indexed.rows[0]?.slice(3)).toEqual(["95 (190)", "625 (1,250)"]);
  });

  it("says so of each channel", () => {
    const hour = { ...read(0, 200), least: 190, most: 210, resolution: "hour" as const };
    const sources = [
      { points: [hour], gapAt },
      { points: [read(0, 5)], gapAt },
    ];
    const rows = trendRows(trendOf(sources, range(1)));
    const shown = table({ rows, channels: [ONE, TWO] });
    expect(shown.head.slice(1)).toEqual([
      ...["One", "Change One", "Low One", "High One"],
      ...["Two", "Change Two", "Low Two", "High Two"],
    ]);
    expect(shown.rows[0]?.slice(1)).toEqual(["200", "", "190", "210", "5", "", "", ""]);
  });

  it("shows fifty rows at a time, and of no page beyond the last", () => {
    const points = Array.from({ length: 120 }, (_, hour) => read(hour, hour));
    const rows = trendRows(trendOf([{ points, gapAt }], range(119))).toReversed();
    const shown = table({ rows, page: 9 });
    expect(shown.rows).toHaveLength(20);
    expect(screen.getByText("101–120 of 120 rows")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Newer rows" }).getAttribute("href")).toBe(
      "/channels/view?page=2",
    );
    expect(screen.queryByRole("link", { name: "Older rows" })).toBeNull();
  });
});
