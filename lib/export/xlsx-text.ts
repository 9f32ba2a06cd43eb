/** Longest text of a cell. A longer one makes the whole file count as damaged. */
const MAX_TEXT = 32_767;

/** The start of an escape sequence, so that a text that only looks like one is not decoded. */
const ESCAPE_LIKE = /_(?=x[\dA-Fa-f]{4})/g;

/** What XML cannot hold or changes (a return becomes a line feed), or the library drops. */
const UNWRITABLE = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/gu;

/** The library looks texts up in a plain object, which inherits these names. */
const INHERITED: object = {};

export type XlsxText = { readonly text: string; readonly replacedCharacters: number };

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
  return { text: safe in INHERITED ? escapeFirst(safe) : safe, replacedCharacters };
}

function escaped(characters: string): string {
  const units = Array.from(characters.split(""), (unit) => unit.charCodeAt(0));
  return units.map((unit) => `_x${unit.toString(16).toUpperCase().padStart(4, "0")}_`).join("");
}

function escapeFirst(text: string): string {
  return escaped(text.slice(0, 1)) + text.slice(1);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
