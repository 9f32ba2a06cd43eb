const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]/u;

/** Removes blanks and invisible characters that were copied with an id. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  // One expression for both ends would take quadratic time on long blanks inside.
  while (start < end && UNSEEN.test(text.charAt(start))) start += 1;
  while (end > start && UNSEEN.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Returns the text as a field of one line shows it. */
export function onOneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}
