import { FIELDS } from "@/lib/chat-api/types";
import type { Recognised, recognise } from "@/lib/paste/recognise";
import { trimmed } from "@/lib/paste/trimmed";
import { type LookupParams, loadLookupParams, serializeLookup } from "./search-params";

export type Recogniser = typeof recognise;
export type Subscribers = Extract<Recognised, { kind: "subscribers" }>;
/** What is a whole question, not only a name in it. */
export type Question = Extract<Recognised, { kind: "request" | "curl" | "link" }>;
export type AppNumber = { readonly slug: string; readonly sdkAppId: number };

/** Fetches the recogniser; where it cannot be had, the field is what it is without. */
export async function loadRecogniser(): Promise<Recogniser> {
  try {
    return (await import("@/lib/paste/recognise")).recognise;
  } catch {
    return () => ({ kind: "nothing" });
  }
}

/** Whether a text can only be an id, so that there is nothing to recognise. */
export function isPlainId(text: string): boolean {
  return /^[\w.-]*$/.test(text);
}

/** Whether a text is just the id that everybody can see it is. */
export function isItself(found: Recognised, text: string): boolean {
  return found.kind === "nothing" || (found.kind === "subscriber" && found.id === trimmed(text));
}

/** The whole address that a question means, by the address's own grammar. */
export function questionParams(
  question: Question,
  app: string | null,
  apps: readonly AppNumber[],
): LookupParams {
  if (question.kind === "link") return loadLookupParams(question.search);
  const named = question.kind === "curl" && appOf(question.sdkAppId, apps);
  // The first app is meant where an address names none.
  const slug = named ? (named === apps[0] ? null : named.slug) : app;
  const { subscriberId: subscriber, fields, offset, size } = question;
  const wanted = { app: slug, subscriber, fields: fields ?? FIELDS, offset, size };
  return loadLookupParams(serializeLookup(wanted));
}

export function appOf(sdkAppId: number | null, apps: readonly AppNumber[]): AppNumber | null {
  return apps.find((app) => app.sdkAppId === sdkAppId) ?? null;
}

/** What the field shows of a paste: never more than the ids. */
export function shownInField(found: Recognised, pasted: string): string {
  switch (found.kind) {
    case "subscriber":
    case "channel":
      return found.id;
    case "subscribers":
      return found.ids.join(", ");
    case "request":
    case "curl":
      return found.subscriberId;
    case "link":
      return loadLookupParams(found.search).subscriber ?? "";
    case "nothing":
      return pasted.replace(/[\r\n]+/g, " ");
  }
}
