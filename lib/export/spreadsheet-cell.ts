// Some reader of a file begins a cell of its own at any control character, line break or separator in a
// value. Quotes do not prevent that: a reader with another separator pairs them otherwise.
const BREAK = "[\\p{Cc}\\p{Zl}\\p{Zp},;|]";
const IGNORED = '(?:(?![\\p{Cc}\\p{Zl}\\p{Zp}])[\\s\\p{Default_Ignorable_Code_Point}"])';

/** The start of a formula, also in its wide and small forms, or an apostrophe that is not our mark. */
const UNSAFE_START = new RegExp(`(^|${BREAK})(?=${IGNORED}*[=+\\-@＝＋－＠﹢﹣﹦﹫]|')`, "gu");

const MARK = new RegExp(`(^|${BREAK})'`, "gu");

/** Characters at the start of a cell that readers drop. */
const DROPPED = /^[\t\r\n]/;

/** Numbers of which a spreadsheet shows every digit, and addresses that it takes for no number. */
const KEPT_AS_IT_IS = /^(?:0|[1-9]\d{0,10}|(?!\d+(?:\.\d{3}){3}$)\d{1,3}(?:\.\d{1,3}){3})$/;

/** The words that are values of their own, in the languages of widespread spreadsheets. */
const BOOLEANS = new Set(
  (
    "true false wahr falsch vrai faux verdadero falso verdadeiro vero waar onwaar sand falsk sant falskt " +
    "tosi epatosi prawda fałsz pravda nepravda igaz hamis adevarat fals dogru yanlıs истина ложь benar salah"
  ).split(" "),
);

/** Currencies in letters: kr5 and CHF 5 become amounts. */
const AMOUNT =
  /^(?:r|rp|rm|rs|kr|kc|ft|zł|fr|sfr|chf|lei|usd|eur|gbp|jpy|krw|cny|aud|cad|лв|руб)[\s.]*\p{Nd}/u;

/** Years of Japanese emperors: R5.3.1 and 令和5年 become dates. */
const ERA = /^(?:[mtshr]\p{Nd}{1,2}[-./]\p{Nd}|(?:明治|大正|昭和|平成|令和))/u;

const MONTH_LANGUAGES = "en de fr es it pt nl da sv nb fi pl cs hu ro tr ru uk el id vi".split(" ");

let monthNames: readonly string[] | undefined;

function isMonth(word: string): boolean {
  monthNames ??= MONTH_LANGUAGES.flatMap((language) =>
    (["long", "short"] as const).flatMap((month) => {
      const format = new Intl.DateTimeFormat(language, { month, timeZone: "UTC" });
      return Array.from({ length: 12 }, (_, index) => folded(format.format(Date.UTC(2024, index))));
    }),
  );
  return word.length >= 3 && monthNames.some((name) => name.startsWith(word));
}

/** A text as a spreadsheet compares it: without case, accents, width and outer blanks. */
function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .trim()
    .toLowerCase();
}

/**
 * Tells whether a spreadsheet may turn an id into a number, a date, an amount, a truth value or an error:
 * 007, 1e5, 123456789012, MAR1, Dec-25, $5, (5), true, #N/A.
 */
function isRewritten(id: string): boolean {
  if (KEPT_AS_IT_IS.test(id)) return false;
  const text = folded(id);
  if (/^[^\p{L}_]/u.test(text)) return true;
  if (!/\p{Nd}/u.test(text)) return BOOLEANS.has(text);
  const words = text.match(/\p{L}+/gu) ?? [];
  return words.some(isMonth) || AMOUNT.test(text) || ERA.test(text) || /\p{Sc}/u.test(text);
}

/**
 * Returns a text as a cell that no spreadsheet runs, however it splits the file: an apostrophe stands
 * before each piece that would begin a formula, and before an id that would be rewritten.
 */
export function protectCell(text: string, isId: boolean): string {
  const cell = text.replace(UNSAFE_START, "$1'");
  const isChanged = DROPPED.test(text) || (isId && isRewritten(text));
  return isChanged && !cell.startsWith("'") ? `'${cell}` : cell;
}

/** Returns the text that `protectCell` was given. */
export function unprotectCell(cell: string): string {
  return cell.replace(MARK, "$1");
}

/** Returns a number with at most two decimals, as a spreadsheet shows it. */
export function numberText(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** Longest text of a cell. A longer one makes the whole file count as damaged. */
const MAX_TEXT = 32_767;

/** The start of an escape sequence, so that a text that only looks like one is not decoded. */
const ESCAPE_LIKE = /_(?=x[\dA-Fa-f]{4})/g;

/** What XML cannot hold or changes (a return becomes a line feed), or the library drops. */
const UNWRITABLE = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/gu;

/** The library looks texts up in a plain object, which inherits these names. */
const INHERITED: object = {};

type XlsxText = { readonly text: string; readonly replacedCharacters: number };

/**
 * Returns a text as the format stores it: characters that XML cannot hold become `_xHHHH_`, which
 * readers decode. NUL is replaced by its symbol, and a text beyond the limit is cut with an
 * ellipsis.
 */
export function xlsxText(whole: string): XlsxText {
  const cut = whole.length > MAX_TEXT ? `${whole.slice(0, MAX_TEXT - 1)}…` : whole;
  const text = cut.replaceAll("\0", "␀");
  const replacedCharacters = whole.length - cut.length + (cut === whole ? 0 : 1) + count(cut, "\0");
  const safe = text.replace(ESCAPE_LIKE, escaped).replace(UNWRITABLE, escaped);
  return {
    text: safe in INHERITED ? escaped(safe.slice(0, 1)) + safe.slice(1) : safe,
    replacedCharacters,
  };
}

function escaped(characters: string): string {
  const units = Array.from(characters.split(""), (unit) => unit.charCodeAt(0));
  return units.map((unit) => `_x${unit.toString(16).toUpperCase().padStart(4, "0")}_`).join("");
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
