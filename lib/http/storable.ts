/**
 * Returns a value that came with a request without what no database stores and no vendor's id holds: NUL
 * characters and halves of surrogate pairs, in texts at any depth, keys among them.
 */
export function storable(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [storableText(key), storable(each)]),
  );
}

/** The same for one text. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, "");
}

/** The same for a query, a form's body or an address, whose characters are percent-encoded. */
export function storableEncoded(encoded: string): string {
  const cleaned = storableText(encoded).replace(/%00/g, "");
  // What is left on both sides of one may be another.
  return cleaned === encoded ? encoded : storableEncoded(cleaned);
}

const UNSTORABLE = /\0|\p{Surrogate}/gu;

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
