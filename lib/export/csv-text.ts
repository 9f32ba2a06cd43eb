/** What a spreadsheet takes for the start of a formula, also in its wide and small forms. */
const FORMULA = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠﹢﹣﹦﹫]/u;

/** Begins with what a spreadsheet swallows, or with our own mark. */
const SWALLOWED = /^['\t\r\n]/;

/** Begins like a number or a date: 1e5, 3-4 and 007 do not come out of a spreadsheet as they went in. */
const NUMBER_LIKE = /^[\d.]/;

/** Digits of which a spreadsheet keeps every one. */
const PLAIN_NUMBER = /^(0|[1-9]\d{0,14})$/;

/** A text as a cell of a CSV file that no spreadsheet runs; an apostrophe in front marks what was kept from it. */
export function protectCell(text: string, isId: boolean): string {
  const isAtRisk =
    FORMULA.test(text) ||
    SWALLOWED.test(text) ||
    (isId && NUMBER_LIKE.test(text) && !PLAIN_NUMBER.test(text));
  return isAtRisk ? `'${text}` : text;
}

/** The text that `protectCell` was given. */
export function unprotectCell(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}
