import { FIELDS } from "@/lib/chat-api/types";
import { type Recognised, recognise } from "@/lib/paste/recognise";
import { onOneLine, trimmed } from "@/lib/subscriber-id";
import { type LookupParams, loadLookupParams, serializeLookup } from "../search-params";

/** A recognised text that names a whole query, not only an id. */
export type Question = Extract<Recognised, { kind: "request" | "curl" | "link" }>;
export type AppNumber = { readonly slug: string; readonly sdkAppId: number };

type Pasted = {
  /** The new text of the field. */
  readonly draft: string;
  /** The recognised paste, if it is more than the text of the field. */
  readonly found: Recognised | null;
};

/** Recognises a text that was pasted between two others. */
export function pasted(text: string, before: string, after: string): Pasted {
  const found = recognise(text);
  const isWhole = !["nothing", "subscriber", "doubtful", "channel"].includes(found.kind);
  if (!isWhole && before + after !== "") {
    return { draft: before + onOneLine(text) + after, found: null };
  }
  return { draft: shownInField(found, text), found: isItself(found, text) ? null : found };
}

/** Returns the text that the field shows for a paste: only the ids in it. */
function shownInField(found: Recognised, text: string): string {
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
    case "doubtful":
    case "nothing":
      return onOneLine(text);
  }
}

/** Returns whether the recogniser found nothing beyond the text itself. */
export function isItself(found: Recognised, text: string): boolean {
  return found.kind === "nothing" || (found.kind === "subscriber" && found.id === trimmed(text));
}

/** Returns the search params of a recognised query, validated as an address is. */
export function questionParams(
  question: Question,
  app: string | null,
  apps: readonly AppNumber[],
): LookupParams {
  if (question.kind === "link") return loadLookupParams(question.search);
  const named = question.kind === "curl" && appOf(question.sdkAppId, apps);
  // An address without an app means the first app.
  const slug = named ? (named === apps[0] ? null : named.slug) : app;
  const { subscriberId: subscriber, fields, offset, size } = question;
  const params = { app: slug, subscriber, fields: fields ?? FIELDS, offset, size };
  return loadLookupParams(serializeLookup(params));
}

export function appOf(sdkAppId: number | null, apps: readonly AppNumber[]): AppNumber | null {
  return apps.find((app) => app.sdkAppId === sdkAppId) ?? null;
}
