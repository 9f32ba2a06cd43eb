import { subscriberIdProblem } from "@/lib/subscriber-id";
import { isDateOrEmail, isHeader, isLikelyId, unwrapped } from "./unwrap";

// Every alternative takes at least one character and gives none back, so the time is linear.
const TABLE = /"(?:[^"\r\n]|"")*"?|[^"\t\r\n][^\t\r\n]*|[\t\r\n]/g;
const LIST = /"(?:[^"\r\n]|"")*"?|[^",;，、；\r\n][^,;，、；\r\n]*|[,;，、；\r\n]/g;
const SEPARATOR = /^[\t,;，、；]$/;

type Ids = {
  /** Each once, in their order. */
  readonly ids: readonly string[];
  /** Cells that hold something else. */
  readonly ignored: number;
  /** Whether the text is rows of a table without a header, in which some cells look like ids. */
  readonly isRecord: boolean;
};

/** The ids of a column, a list or a table with a known header, which is left out. */
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

/** Rows of cells. Where there are tabs, commas belong to the cells. */
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

/** A JSON array, told from an id in brackets by what it holds. */
function withoutBrackets(text: string): string {
  const isArray = text.startsWith("[") && text.endsWith("]") && /[",]/.test(text);
  return isArray ? text.slice(1, -1) : text;
}

/** In a row of different things, takes the cells that look like ids, and never a date or an e-mail address. */
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
  for (const cell of cells) {
    const id = unwrapped(cell);
    if (id === "") continue;
    // A blank inside belongs to a sentence, unless quotes say that it is the id's.
    const isWord = !/\s/.test(id) || /^\s*["'`]/.test(cell);
    if (isWord && subscriberIdProblem(id) === null) ids.add(id);
    else ignored += 1;
  }
  return { ids: [...ids], ignored, isRecord: false };
}
