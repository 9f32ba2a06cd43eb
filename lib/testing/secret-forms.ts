/**
 * Every form in which a test looks for a secret: as it is, encoded for an address or as base64, and
 * either half of a long one. What surrounds a text shifts its base64, so there are three of these.
 */
export function secretForms(secret: string): string[] {
  const half = Math.ceil(secret.length / 2);
  const parts = secret.length < 32 ? [secret] : [secret, secret.slice(0, half), secret.slice(half)];
  return parts.flatMap((part) => [
    part,
    encodeURIComponent(part),
    part.replaceAll("*", "%2A"),
    part.replace(/[*_-]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
    ...[0, 1, 2].map((before) => insideBase64(part, before)),
  ]);
}

/** The letters of a base64 text that depend on the part alone, when so many bytes stand before it. */
export function insideBase64(part: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(part)]);
  const first = Math.ceil((before * 4) / 3);
  const last = Math.floor((bytes.length * 4) / 3);
  return bytes.toString("base64").slice(first, last);
}
