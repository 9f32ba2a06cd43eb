import { FIELDS } from "@/lib/chat-api/types";
import type { Recognised } from "@/lib/paste/recognise";
import { trimmed } from "@/lib/paste/trimmed";
import type { AppNumber, Question } from "./recognised";
import { type LookupParams, loadLookupParams, serializeLookup } from "./search-params";

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
