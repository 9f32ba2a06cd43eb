/** The app that the address of a call names, or null when the text has none. */
export function sdkAppIdOf(text: string): number | null {
  const digits = /[?&]sdkappid=(\d{1,15})(?!\d)/i.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The text without the signatures of the addresses in it: whoever has one may do everything. */
export function withoutSignature(text: string): string {
  return text.replace(/(usersig(?:=|%3d))[^\s&#"'`^\\]+/gi, "$1…");
}
