import { DAY_MS, MINUTE_MS } from "@/lib/time";
import { type Clock, clockOf } from "@/lib/zone-clock";

const MONTH_MS = 30.4 * DAY_MS;

/** Thursday, the day from which days are counted, is three days after a Monday. */
const TO_MONDAY = 3;

type Unit = "minute" | "day" | "month";

type Step = { readonly unit: Unit; readonly count: number };

/** The possible distances between two ticks, ascending. */
const STEPS: readonly Step[] = [
  ...[1, 5, 15, 30, 60, 120, 180, 360, 720].map((count) => ({ unit: "minute" as const, count })),
  ...[1, 2, 7, 14].map((count) => ({ unit: "day" as const, count })),
  ...[1, 2, 3, 6, 12, 24, 60, 120].map((count) => ({ unit: "month" as const, count })),
];

const LENGTH: Readonly<Record<Unit, number>> = {
  minute: MINUTE_MS,
  day: DAY_MS,
  month: MONTH_MS,
};

type Ticks = { readonly unit: Unit; readonly moments: readonly number[] };

/**
 * Returns the ticks of a time axis: full hours, midnights or firsts of a month in the time zone. A day may have 23
 * or 25 hours.
 *
 * @param from in milliseconds, like `to`
 * @param most the largest number of ticks, at least one
 */
export function timeTicks(from: number, to: number, timeZone: string, most: number): Ticks {
  const clock = clockOf(timeZone);
  const isWide = ({ unit, count }: Step) => (to - from) / (LENGTH[unit] * count) <= most;
  const step = STEPS.find(isWide) ?? { unit: "month", count: 240 };
  const ascending: number[] = [];
  for (const shown of localTicks(step, clock.shownAt(from), clock.shownAt(to))) {
    const moment = clock.momentOf(shown);
    // At a jump of the clock, two local times are the same moment.
    const isNew = moment > (ascending.at(-1) ?? Number.NEGATIVE_INFINITY);
    if (moment >= from && moment <= to && isNew) ascending.push(moment);
  }
  return { unit: step.unit, moments: ascending };
}

/** Yields the local times of the ticks, from a day before the range to a day after it. */
function* localTicks({ unit, count }: Step, from: number, to: number): Generator<number, void> {
  const [firstDay, lastDay] = [Math.floor(from / DAY_MS) - 1, Math.floor(to / DAY_MS) + 1];
  if (unit === "month") {
    const first = monthOf(from);
    for (let month = first - (first % count); month <= monthOf(to) + 1; month += count) {
      yield Date.UTC(Math.floor(month / 12), month % 12);
    }
    return;
  }
  for (let day = firstDay; day <= lastDay; day += 1) {
    if (unit === "minute") {
      for (let minute = 0; minute < 1440; minute += count) yield day * DAY_MS + minute * MINUTE_MS;
    } else if ((count % 7 === 0 ? day + TO_MONDAY : day) % count === 0) {
      yield day * DAY_MS;
    }
  }
}

function monthOf(shown: number): number {
  const date = new Date(shown);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Returns the labels of the ticks: the finer part, and below it the coarser part where it changes. */
export function tickLabels({ unit, moments }: Ticks, locale: string, timeZone: string): string[] {
  const clock: Clock = clockOf(timeZone);
  const { fine, coarse, begins } = FORMS[unit];
  const [finer, coarser] = [fine, coarse].map(
    (form) => new Intl.DateTimeFormat(locale, { ...form, timeZone }),
  );
  let before: number | null = null;
  return moments.map((moment) => {
    const part = begins(clock.shownAt(moment));
    const isNew = part !== before;
    before = part;
    const label = finer?.format(moment) ?? "";
    return isNew ? `${label}\n${coarser?.format(moment)}` : label;
  });
}

type Form = {
  readonly fine: Intl.DateTimeFormatOptions;
  readonly coarse: Intl.DateTimeFormatOptions;
  /** Returns the day or year of a local time. */
  readonly begins: (shown: number) => number;
};

const yearOf = (shown: number) => new Date(shown).getUTCFullYear();

const FORMS: Readonly<Record<Unit, Form>> = {
  minute: {
    fine: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    coarse: { month: "short", day: "numeric" },
    begins: (shown) => Math.floor(shown / DAY_MS),
  },
  day: { fine: { month: "short", day: "numeric" }, coarse: { year: "numeric" }, begins: yearOf },
  month: { fine: { month: "short" }, coarse: { year: "numeric" }, begins: yearOf },
};
