/** The address of a picture if it is one a browser may fetch: http or https, without credentials. */
export function safeImageUrl(url: string | null): string | null {
  if (!url || !URL.canParse(url)) return null;
  const { protocol, username, password, href } = new URL(url);
  const web = protocol === "https:" || protocol === "http:";
  return web && !username && !password ? href : null;
}

/** Up to two letters that stand for a name; a name in Han, kana or Hangul gives one. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? "");
  const first = letters[0];
  if (!first) return "#";
  const wide = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(
    first,
  );
  return wide ? first : letters.join("").toUpperCase();
}
