// Some reader of a file begins a cell of its own at any control character, line break or separator in a
// value. Quotes do not prevent that: a reader with another separator pairs them otherwise.
const BREAK = "[\\p{Cc}\\p{Zl}\\p{Zp},;|]";
const IGNORED = '(?:(?![\\p{Cc}\\p{Zl}\\p{Zp}])[\\s\\p{Default_Ignorable_Code_Point}"])';

/** The start of a formula, also in its wide and small forms, or an apostrophe that is not our mark. */
const UNSAFE_START = new RegExp(`(^|${BREAK})(?=${IGNORED}*[=+\\-@＝＋－＠﹢﹣﹦﹫]|')`, "gu");

const MARK = new RegExp(`(^|${BREAK})'`, "gu");

/** Characters at the start of a cell that readers drop. */
const DROPPED = /^[\t\r\n]/;

/** Begins like a number or a date: 1e5, 3-4 and 007 do not come out of a spreadsheet as they went in. */
const NUMBER_LIKE = /^[\d.]/;

/** Digits of which a spreadsheet keeps every one. */
const PLAIN_NUMBER = /^(0|[1-9]\d{0,14})$/;

/**
 * Returns a text as a cell that no spreadsheet runs, however it splits the file: an apostrophe stands
 * before each piece that would begin a formula, and before an id that would be rewritten.
 */
export function protectCell(text: string, isId: boolean): string {
  const cell = text.replace(UNSAFE_START, "$1'");
  const isRewritten =
    DROPPED.test(text) || (isId && NUMBER_LIKE.test(text) && !PLAIN_NUMBER.test(text));
  return isRewritten && !cell.startsWith("'") ? `'${cell}` : cell;
}

/** Returns the text that `protectCell` was given. */
export function unprotectCell(cell: string): string {
  return cell.replace(MARK, "$1");
}
