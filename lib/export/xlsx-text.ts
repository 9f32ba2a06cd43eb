/** Characters of the longest text in a cell: a longer one makes the whole file count as damaged. */
const MAX_TEXT = 32_767;

/** What an escape looks like from its beginning, so that a text that only looks like one is not read as one. */
const ESCAPE_LIKE = /_(?=x[\dA-Fa-f]{4})/g;

/** What XML cannot hold, or turns into something else (a return into a line feed), or the library drops. */
const UNWRITABLE = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/gu;

/** The library finds texts again in a plain object, which has these from the start. */
const INHERITED: object = {};

export type XlsxText = { readonly text: string; readonly replacedCharacters: number };

/**
 * A text as the format writes it: what XML cannot hold as `_xHHHH_`, which readers turn back. A cell
 * cannot hold NUL at all, for which its picture stands, nor a text beyond its limit, for whose rest an
 * ellipsis stands.
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
