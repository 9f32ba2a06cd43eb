import { clockOf } from "@/lib/zone-clock";

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  m: 1e6,
  千: 1e3,
  천: 1e3,
  万: 1e4,
  萬: 1e4,
  만: 1e4,
  億: 1e8,
  亿: 1e8,
  억: 1e8,
};

/** Groups have three digits, and a fraction needs a unit: "1,5" and "1.500" are ambiguous. */
const COUNT = /^(\d+|\d{1,3}(?:,\d{3})+)(?:(?:\.(\d+))?([km千천万萬만億亿억]))?$/iu;

/** Parses a whole number such as "1,000", "１２３", "1.5k" or "3万"; null for other text. */
export function parseCount(text: string): number | null {
  const written = text
    .normalize("NFKC")
    .replace(/(?<=\d)[\s'’_](?=\d)/gu, ",")
    .replace(/\s/gu, "");
  const [, whole, fraction = "", unit = ""] = COUNT.exec(written) ?? [];
  if (whole === undefined) return null;
  const scale = UNITS[unit.toLowerCase()] ?? 1;
  // Multiplies the digits first: 1.1 * 1e8 is not an integer in floating point.
  const count = (Number(whole.replaceAll(",", "") + fraction) * scale) / 10 ** fraction.length;
  return Number.isSafeInteger(count) ? count : null;
}

/** Parses a change such as "-1.5k" or "−1,000", in whole numbers or in percent: "-2.5", "5%". Null for other text. */
export function parseChange(text: string, kind: "change" | "percent"): number | null {
  const [, sign = "", rest = ""] =
    /^([+-]?)(.*)$/su.exec(text.normalize("NFKC").trim().replace("\u2212", "-")) ?? [];
  const size = kind === "change" ? parseCount(rest) : parsePercent(rest);
  return size === null ? null : (sign === "-" ? -size : size) + 0;
}

function parsePercent(text: string): number | null {
  const [, whole, fraction = "0"] =
    /^(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,4}))?\s*%?$/u.exec(text.trim()) ?? [];
  return whole === undefined ? null : Number(`${whole.replaceAll(",", "")}.${fraction}`);
}

/** A local date and time without a zone: "2026-03-08" and "02:30" or "02:30:15". */
export type WallTime = { readonly date: string; readonly time: string };

/**
 * Converts a local time to an instant; null unless it is a date from 1970 to 9999. Of two equal local
 * times the earlier is used. A skipped local time moves forward by the length of the gap.
 */
export function instantOf({ date, time }: WallTime, timeZone: string): Date | null {
  const written = `${date}T${time}`;
  const asUtc = Date.parse(`${written}Z`);
  if (!/^\d{4}-\d\d-\d\dT/.test(written) || Number.isNaN(asUtc) || asUtc < 0) return null;
  // Date.parse reads 31 February as a day of March.
  if (new Date(asUtc).toISOString().slice(0, 10) !== date) return null;
  return new Date(clockOf(timeZone).momentOf(asUtc));
}

/** Converts an instant to a local time. Seconds are omitted if they are zero. */
export function wallTimeOf(at: Date, timeZone: string): WallTime {
  const shown = new Date(clockOf(timeZone).shownAt(at.getTime())).toISOString();
  const time = shown.slice(11, 19);
  return { date: shown.slice(0, 10), time: time.endsWith(":00") ? time.slice(0, 5) : time };
}
