import { subscriberIdProblem } from "@/lib/subscriber-id";
import { isDateOrEmail, isHeader, isLikelyId, quotation, unlabelled, unwrapped } from "./unwrap";

// Every alternative takes at least one character and gives none back, so the time is linear.
const TABLE = /"(?:[^"\r\n]|"")*"?|[^"\t\r\n][^\t\r\n]*|[\t\r\n]/g;
const LIST = /"(?:[^"\r\n]|"")*"?|[^",;，、；\r\n][^,;，、；\r\n]*|[,;，、；\r\n]/g;
const SEPARATOR = /^[\t,;，、；]$/;

type Ids = {
  /** Without duplicates, in their order. */
  readonly ids: readonly string[];
  /** Cells that contain no ID. */
  readonly ignored: number;
  /** Cells whose ID an earlier cell contains. */
  readonly duplicates: number;
  /** Whether the text is rows of a table without a header, in which some cells look like IDs. */
  readonly isRecord: boolean;
};

/** Returns the IDs of a column, a list or a table with a known header. */
export function idsOf(text: string): Ids {
  const [head = [], ...rest] = rowsOf(withoutBrackets(text));
  const column = head.findIndex((cell) => isHeader(unwrapped(cell)));
  if (column < 0) {
    const cells = [head, ...rest].flat();
    return head.length > 1 ? pickOfRecords(cells, text.includes("\t")) : pick(cells);
  }
  const isTable = head.length > 1 && rest.length > 0;
  return pick(isTable ? rest.map((row) => row[column] ?? "") : [...head.slice(1), ...rest.flat()]);
}

/** Splits into rows of cells. With tabs, commas belong to the cells. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[""]];
  for (const [piece] of text.matchAll(text.includes("\t") ? TABLE : LIST)) {
    const row = rows.at(-1) ?? [];
    if (/^[\r\n]$/.test(piece)) rows.push([""]);
    else if (SEPARATOR.test(piece)) row.push("");
    else row.push(`${row.pop() ?? ""}${piece}`);
  }
  return rows.filter((row) => row.some((cell) => cell !== ""));
}

/** Removes the brackets of a JSON array. An ID in brackets keeps them. */
function withoutBrackets(text: string): string {
  const isArray = text.startsWith("[") && text.endsWith("]") && /[",]/.test(text);
  return isArray ? text.slice(1, -1) : text;
}

/** Picks the cells of a mixed row that look like IDs, never a date or an e-mail address. */
function pickOfRecords(cells: readonly string[], isSpreadsheet: boolean): Ids {
  const values = cells.map(unwrapped);
  const likely = cells.filter((_, at) => isLikelyId(values[at] ?? ""));
  const isRecord = likely.length > 0 && (isSpreadsheet || values.some(isDateOrEmail));
  if (!isRecord) return pick(cells);
  const others = values.filter((value) => value !== "").length - likely.length;
  return { ...pick(likely), ignored: others, isRecord: others > 0 };
}

function pick(cells: readonly string[]): Ids {
  const ids = new Set<string>();
  let ignored = 0;
  let duplicates = 0;
  for (const cell of cells) {
    const id = unwrapped(cell);
    if (id === "") continue;
    // A blank belongs to a sentence, unless quotes make it part of the ID.
    const isWord = !/\s/.test(id) || /^\s*["'`]/.test(cell);
    if (!isWord || subscriberIdProblem(id) !== null) ignored += 1;
    else if (ids.has(id)) duplicates += 1;
    else ids.add(id);
  }
  return { ids: [...ids], ignored, duplicates, isRecord: false };
}

/** A text that may mean several IDs, from which a person has to choose. */
export type Doubtful = {
  readonly kind: "doubtful";
  /**
   * `grouped`: a number with thousands separators. `shortened`: a spreadsheet's short form of a number, with
   * every digit. `rounded`: the same, with digits missing. `sentence`: an id among words.
   */
  readonly reason: "grouped" | "shortened" | "rounded" | "sentence";
  /** The most likely id first. */
  readonly ids: readonly string[];
};

const GROUPED = /^[1-9]\d{0,2}([,.'’ \u00a0\u2009\u202f])\d{3}(?:\1\d{3})*$/;
/** Occurs in every text with a formatted number, so most long texts need no closer look. */
const HINT = /\d(?:[,.'’ \u00a0\u2009\u202f]\d{3}|E\+\d)/i;
const SHORTENED = /^([1-9])(?:[.,](\d+))?E\+(\d{1,3})$/i;

/** Spreadsheets keep 15 digits of a number. */
const SPREADSHEET_DIGITS = 15;

/** Characters of the longest text that is searched for an ID. */
const MAX_SENTENCE = 1000;

export function isShortened(text: string): boolean {
  return SHORTENED.test(text);
}

/** Returns the readings of a number, or of a column of numbers, formatted by a spreadsheet. */
export function formattedNumber(text: string): Doubtful | null {
  if (!HINT.test(text)) return null;
  const cells = text
    .split(/[\r\n\t]+/)
    .map((cell) => unlabelled(cell))
    .map((cell) => quotation(cell) ?? cell)
    .filter((cell) => cell !== "" && !isHeader(cell));
  const isFormatted = (cell: string) => GROUPED.test(cell) || isShortened(cell);
  if (!cells.some(isFormatted)) return null;
  if (!cells.every((cell) => isFormatted(cell) || /^\d+$/.test(cell))) return null;
  const isAnyShortened = cells.some(isShortened);
  const numbers = cells.map(digitsOf);
  const literals = isAnyShortened ? cells : splitOrWhole(text);
  const reason = numbers.includes(null) ? "rounded" : isAnyShortened ? "shortened" : "grouped";
  return choice(reason, [...numbers.filter((id) => id !== null), ...literals]);
}

/** Returns the IDs among other words. */
export function mentionedIds(text: string): Doubtful | null {
  if (text.length > MAX_SENTENCE || !/\s/.test(text)) return null;
  const words = text
    .split(/[\s,;，、；。]+/)
    .map((word) => word.replace(/^["'“‘`([<]+|["'”’`)\]>.:!?]+$/g, ""))
    .filter(isLikelyId);
  return words.length === 0 ? null : choice("sentence", [...words, unwrapped(text)]);
}

function choice(reason: Doubtful["reason"], ids: readonly string[]): Doubtful {
  const possible = ids.filter((id) => subscriberIdProblem(id) === null);
  return { kind: "doubtful", reason, ids: [...new Set(possible)] };
}

function splitOrWhole(text: string): readonly string[] {
  const { ids } = idsOf(text);
  return ids.length > 0 ? ids : [unwrapped(text)];
}

/** Returns the digits of a formatted number, or null if some are missing. */
function digitsOf(cell: string): string | null {
  const [, first = "", rest = "", exponent] = SHORTENED.exec(cell) ?? [];
  if (exponent === undefined) return cell.replace(/\D/g, "");
  const length = Number(exponent);
  const isExact = length < SPREADSHEET_DIGITS && rest.length >= length;
  return isExact && /^0*$/.test(rest.slice(length)) ? first + rest.slice(0, length) : null;
}
