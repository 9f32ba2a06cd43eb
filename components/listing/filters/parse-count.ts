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
