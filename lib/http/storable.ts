/**
 * Removes from a received value what no database stores and no ID contains: NUL characters and lone
 * surrogates, in strings and keys at any depth.
 */
export function storable(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [storableText(key), storable(each)]),
  );
}

function storableText(text: string): string {
  return text.replace(UNSTORABLE, "");
}

/** The same for a query, a form body or a URL, which are percent-encoded. */
export function storableEncoded(encoded: string): string {
  const cleaned = storableText(encoded).replace(/%00/g, "");
  // The rest on both sides may form another one.
  return cleaned === encoded ? encoded : storableEncoded(cleaned);
}

const UNSTORABLE = /\0|\p{Surrogate}/gu;

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
