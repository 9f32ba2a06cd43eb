const HALF_CHARACTER = /\p{Cs}/gu;
const BEYOND_ASCII = /[^\0-\x7f]/;
/** All but ASCII, kana, Han and Hangul in their usual code points, which have one form. */
const MANY_FORMS =
  /[^\0-\x7f\u3001-\u3003\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3]/;

/** Folds case, width and composition, for search: `ﬁ` is `fi`, `ß` is `ss`, `İ` is `i`. */
export function foldedText(text: string): string {
  if (!MANY_FORMS.test(text)) return text.toUpperCase();
  // Lower case first: a final sigma and a capital sharp s reach their plain capitals only that way.
  const upper = wellFormed(text).normalize("NFKC").toLowerCase().toUpperCase();
  return upper.normalize("NFKC").replaceAll("İ", "I");
}

/** Replaces lone surrogates by U+FFFD, as URLs do. */
export function wellFormed(text: string): string {
  return BEYOND_ASCII.test(text) ? text.replace(HALF_CHARACTER, "\ufffd") : text;
}
