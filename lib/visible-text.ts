/**
 * Controls, lone surrogates and characters without a shape. The joiners U+200C and U+200D and
 * variation selectors stay: Persian and emoji need them, and they hide nothing.
 */
const INVISIBLE =
  /(?!\u200c|\u200d|[\ufe00-\ufe0f])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800]/gu;
const ANY = /./gsu;

/** Returns untrusted text with invisible characters shown as code points. */
export function visibleText(text: string): string {
  const isBlank = text.trim() === "";
  return text.replace(isBlank ? ANY : INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if ((character === "\n" || character === "\t") && !isBlank) return " ";
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}
