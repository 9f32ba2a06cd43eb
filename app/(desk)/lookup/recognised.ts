import type { Recognised } from "@/lib/paste/recognise";

export type Recogniser = typeof import("./recogniser").RECOGNISER;
export type Subscribers = Extract<Recognised, { kind: "subscribers" }>;
/** What is a whole question, not only a name in it. */
export type Question = Extract<Recognised, { kind: "request" | "curl" | "link" }>;
export type AppNumber = { readonly slug: string; readonly sdkAppId: number };

/** Fetches the recogniser; null where it cannot be had: the field is then what it is without. */
export async function loadRecogniser(): Promise<Recogniser | null> {
  try {
    return (await import("./recogniser")).RECOGNISER;
  } catch {
    return null;
  }
}

/** Whether a text can only be an id, so that there is nothing to recognise. */
export function isPlainId(text: string): boolean {
  return /^[\w.-]*$/.test(text);
}

/** What a field of one line makes of a text. */
export function onOneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}
