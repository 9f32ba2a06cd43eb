/**
 * Controls, direction marks and characters without width. The joiners U+200C and U+200D stay: Persian and
 * emoji need them, and they hide nothing.
 */
const INVISIBLE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Vendor text in which nothing is hidden: what has no shape of its own shows as its code point. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === "\n" || character === "\t") return " ";
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}
