import { describe, expect, it } from "vitest";
import type { HistoryPoint } from "./history";
import {
  basesOf,
  dailyRows,
  gapRule,
  hasExtremes,
  indexOf,
  type TrendSource,
  trendOf,
  trendRows,
} from "./trend";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 9, 1);

/** A count that was read from so many hours after the start to so many. */
function read(from: number, to: number, count: number): HistoryPoint {
  const [at, until] = [from, to].map((hours) => new Date(START + hours * HOUR));
  if (!at || !until) throw new Error("There are two times.");
  return { at, until, count, least: null, most: null, resolution: "reading" };
}

const hours = (from: number, to: number) => ({
  from: new Date(START + from * HOUR),
  to: new Date(START + to * HOUR),
});

const spoken = (sources: readonly TrendSource[], from: number, to: number, most?: number) => {
  const { moments, series } = trendOf(sources, hours(from, to), most);
  return moments.map((moment, index) => [
    (moment - START) / HOUR,
    ...series.map(({ counts }) => counts[index]),
  ]);
};

const A_SECOND = 1 / 3600;

describe("gapRule", () => {
  it.each([
    [5, 1],
    [15, 1],
    [60, 4],
    [1440, 96],
  ])("takes, with %s minutes between readings, %s hours for a gap", (refreshMinutes, gap) => {
    expect(gapRule({ since: new Date(START), refreshMinutes })(START)).toBe(gap * HOUR);
  });

  it("takes 26 hours while nobody watches", () => {
    expect(gapRule(null)(START)).toBe(26 * HOUR);
    expect(gapRule({ since: new Date(START), refreshMinutes: 15 })(START - 1)).toBe(26 * HOUR);
  });
});

describe("trendOf", () => {
  const gapAt = () => 4 * HOUR;

  it("says when a count began, and ends with the last reading", () => {
    const points = [read(0, 2, 10), read(3, 5, 12)];
    expect(spoken([{ points, gapAt }], 0, 6)).toEqual([
      [0, 10],
      [3, 12],
      [5, 12],
    ]);
  });

  it("leaves a gap where nobody read, and none where a count was only held", () => {
    const points = [read(0, 2, 10), read(6, 6, 12), read(10.1, 10.1, 15)];
    expect(spoken([{ points, gapAt }], 0, 11)).toEqual([
      [0, 10],
      [6, 12],
      [6 + A_SECOND, null],
      [10.1, 15],
    ]);
  });

  it("says that the readings have stopped", () => {
    expect(spoken([{ points: [read(0, 2, 10)], gapAt }], 0, 7)).toEqual([
      [0, 10],
      [2, 10],
      [2 + A_SECOND, null],
    ]);
  });

  it("begins a range with what is held then, and with nothing where nobody knows it", () => {
    const points = [read(0, 5, 10), read(8, 8, 12), read(20, 21, 30)];
    expect(spoken([{ points, gapAt }], 6, 20.5)[0]).toEqual([6, 10]);
    expect(spoken([{ points, gapAt }], 10, 20.5)).toEqual([
      [20, 30],
      [20.5, 30],
    ]);
  });

  it("lets readings be rarer before the channel was watched", () => {
    const points = [read(0, 0, 10), read(20, 20, 12), read(40, 41, 15)];
    const since = new Date(START + 18 * HOUR);
    const watched = gapRule({ since, refreshMinutes: 60 });
    expect(spoken([{ points, gapAt: watched }], 0, 41)).toEqual([
      [0, 10],
      [20, 12],
      [20 + A_SECOND, null],
      [40, 15],
      [41, 15],
    ]);
  });

  it("sees a single reading, and nothing of none", () => {
    expect(spoken([{ points: [read(3, 3, 7)], gapAt }], 0, 4)).toEqual([[3, 7]]);
    expect(spoken([{ points: [], gapAt }], 0, 4)).toEqual([]);
  });

  it("tells of each channel at the moments of all", () => {
    const one = { points: [read(0, 6, 10)], gapAt };
    const other = { points: [read(1, 2, 5), read(3, 4, 6)], gapAt };
    expect(spoken([one, other], 0, 6)).toEqual([
      [0, 10, null],
      [1, 10, 5],
      [3, 10, 6],
      [4, 10, 6],
      [6, 10, null],
    ]);
  });

  it("leaves out readings whose time cannot be", () => {
    const wrong = [new Date(0), new Date(-1), new Date(Number.NaN)].map((at) => ({
      ...read(0, 0, 99),
      ...{ at, until: at },
    }));
    const backwards = { ...read(3, 3, 7), until: new Date(0) };
    const trend = trendOf([{ points: [...wrong, backwards], gapAt }], {
      from: new Date(0),
      to: new Date(START + 4 * HOUR),
    });
    expect(trend.moments).toEqual([START + 3 * HOUR]);
    expect(trend.series[0]?.counts).toEqual([7]);
  });

  it("keeps the extremes of an hour and a day", () => {
    const day = { ...read(0, 23, 10), least: 4, most: 18, resolution: "day" as const };
    const [series] = trendOf([{ points: [day, read(24, 24, 11)], gapAt }], hours(0, 24)).series;
    expect(series).toMatchObject({ least: [4, null], most: [18, null], base: 10 });
  });
});

describe("indexOf", () => {
  it.each([
    [150, 100, 150],
    [0, 100, 0],
    [5, 0, null],
    [5, null, null],
    [null, 5, null],
  ])("tells %s of %s as %s", (count, base, index) => {
    expect(indexOf(count, base)).toBe(index);
  });
});

describe("trendRows", () => {
  it("tells each change from the row before, and none across a gap", () => {
    const points = [read(0, 2, 10), read(3, 3, 12), read(9, 9, 15)];
    const trend = trendOf([{ points, gapAt: () => 4 * HOUR }], hours(0, 9));
    const rows = trendRows(trend);
    expect(rows.map(({ cells: [cell] }) => cell)).toMatchObject([
      { count: 10, change: null },
      { count: 12, change: 2 },
      { count: null, change: null },
      { count: 15, change: null },
    ]);
    expect(basesOf(trend)).toEqual([10]);
    expect(hasExtremes(rows)).toBe(false);
  });

  it("tells between what an hour or a day lay, and nothing of it of a single reading", () => {
    const day = { ...read(0, 23, 10), least: 4, most: 18, resolution: "day" as const };
    const points = [day, read(24, 24, 11)];
    const rows = trendRows(trendOf([{ points, gapAt: () => 4 * HOUR }], hours(0, 24)));
    expect(rows.map(({ cells: [cell] }) => cell)).toMatchObject([
      { count: 10, least: 4, most: 18 },
      { count: 11, least: null, most: null },
    ]);
    expect(hasExtremes(rows)).toBe(true);
  });
});

/** Numbers that look like chance and are the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function readings(seed: number, count: number): HistoryPoint[] {
  const random = chance(seed);
  let hour = random() * 3;
  return Array.from({ length: count }, () => {
    const from = hour;
    const to = from + (random() < 0.3 ? 0 : random());
    hour = to + A_SECOND * 10 + (random() < 0.1 ? random() * 30 : random() * 2);
    return read(from, to, Math.floor(random() * 1000));
  });
}

/** The same by looking at every reading. */
function naive(points: readonly HistoryPoint[], time: number): number | null {
  const before = points.filter(({ at }) => at.getTime() <= time);
  const held = before.at(-1);
  const next = points[before.length];
  if (!held) return null;
  const isHeld = next && next.at.getTime() - held.until.getTime() <= 4 * HOUR;
  return time <= held.until.getTime() || isHeld ? held.count : null;
}

/** What a trend says of a time between its moments, as its chart draws it. */
function drawn(moments: readonly number[], counts: readonly (number | null)[], time: number) {
  const place = moments.findLastIndex((moment) => moment <= time);
  return place === moments.length - 1 && moments[place] !== time ? null : (counts[place] ?? null);
}

describe.each(Array.from({ length: 20 }, (_, index) => index + 1))("any readings, %s", (seed) => {
  const gapAt = () => 4 * HOUR;
  const sources = [1, 2, 3]
    .slice(0, 1 + (seed % 3))
    .map((place) => ({ points: readings(seed * 10 + place, 120), gapAt }));
  const range = hours(10, 150);
  const trend = trendOf(sources, range);

  it("are what looking at each of them finds", () => {
    for (const [place, { points }] of sources.entries()) {
      const counts = trend.series[place]?.counts ?? [];
      for (const [index, moment] of trend.moments.entries()) {
        expect(counts[index]).toBe(naive(points, moment));
      }
      const [from, to] = [range.from.getTime(), range.to.getTime()];
      for (let time = from; time <= to; time += 7 * MINUTE) {
        // A gap begins a second after the reading before it, so that second is nobody's.
        if (naive(points, time) !== naive(points, time - 1000)) continue;
        expect(drawn(trend.moments, counts, time)).toBe(naive(points, time));
      }
    }
  });

  it("keep the extremes and the gaps when there are too many", () => {
    for (const most of [30, 48]) {
      const few = trendOf(sources, range, most);
      expect(few.isReduced).toBe(true);
      expect(few.moments.length).toBeLessThanOrEqual(most);
      expect(trend.moments).toEqual(expect.arrayContaining([...few.moments]));
      for (const [place, series] of few.series.entries()) {
        const whole = trend.series[place]?.counts.filter((count) => count !== null) ?? [];
        const kept = series.counts.filter((count) => count !== null);
        expect(Math.max(...kept)).toBe(Math.max(...whole));
        expect(Math.min(...kept)).toBe(Math.min(...whole));
        expect(kept[0]).toBe(whole[0]);
        expect(kept.at(-1)).toBe(whole.at(-1));
        expect(series.base).toBe(trend.series[place]?.base);
      }
      const width = (140 * HOUR * 7 * sources.length) / most;
      for (const [place, { points }] of sources.entries()) {
        for (const [from, to] of gapsOf(points).filter(([a, b]) => b - a > width)) {
          const within = (from + to) / 2;
          if (within < range.from.getTime() || within > range.to.getTime()) continue;
          expect(drawn(few.moments, few.series[place]?.counts ?? [], within)).toBeNull();
        }
      }
    }
  });
});

function gapsOf(points: readonly HistoryPoint[]): [number, number][] {
  return points
    .slice(1)
    .map(({ at }, index): [number, number] => [points[index]?.until.getTime() ?? 0, at.getTime()])
    .filter(([from, to]) => to - from > 4 * HOUR);
}

it("finds gaps in what the comparison is made of", () => {
  expect(gapsOf(readings(11, 120)).length).toBeGreaterThan(3);
});

describe("the rows of a day", () => {
  const cell = (count: number | null, change: number | null, least = count, most = count) => ({
    ...{ count, change, least, most },
  });
  const row = (time: string, ...cells: ReturnType<typeof cell>[]) => ({
    ...{ at: new Date(time), cells },
  });
  const rows = [
    row("2026-03-10T15:30:00Z", cell(10, null), cell(7, null)),
    row("2026-03-10T22:59:00Z", cell(14, 4, 9, 20), cell(null, null)),
    row("2026-03-10T23:00:00Z", cell(12, -2), cell(null, null)),
    row("2026-03-11T11:00:00Z", cell(null, null), cell(null, null)),
  ];

  it("have the last known count, the whole change and the extremes", () => {
    expect(dailyRows(rows, "Europe/Berlin")).toEqual([
      row("2026-03-10T22:59:00Z", cell(14, 4, 9, 20), cell(7, null)),
      row("2026-03-11T11:00:00Z", cell(12, -2), cell(null, null)),
    ]);
  });

  it("are of the days of the zone", () => {
    expect(dailyRows(rows, "Asia/Tokyo").map(({ at }) => at.toISOString())).toEqual([
      "2026-03-11T11:00:00.000Z",
    ]);
    expect(dailyRows(rows, "UTC")).toHaveLength(2);
    expect(dailyRows([], "UTC")).toEqual([]);
  });
});
