import type { Field } from "@/lib/chat-api/types";
import { neededFields } from "@/lib/subscriptions/needed-fields";
import type { ViewQuery } from "@/lib/subscriptions/view";
import type { LookupInput } from "./actions";
import type { LookupParams } from "./search-params";

/** Returns the input of the lookup action, or null without a subscriber. */
export function lookupInput(
  params: LookupParams,
  query: ViewQuery,
  defaultApp: string,
  readable: readonly Field[],
): LookupInput | null {
  const { app, subscriber, offset, size } = params;
  if (!subscriber) return null;
  const fields = fieldsToAsk(params, query, readable);
  return { app: app ?? defaultApp, subscriberId: subscriber, fields: [...fields], offset, size };
}

/** Returns the query key of a lookup. Its start identifies the list. */
export function lookupKey({ app, subscriberId, fields, size, offset }: LookupInput) {
  return ["lookup", app, subscriberId, fields.join(), size, offset] as const;
}

export type LookupKey = ReturnType<typeof lookupKey>;

/** Returns the fields to read: those shown, and those that a filter, sort or membership question needs. */
function fieldsToAsk(params: LookupParams, query: ViewQuery, readable: readonly Field[]): Field[] {
  const forQuestion: readonly Field[] = params.follows === null ? [] : ["name", "subscribedAt"];
  return neededFields([...params.fields, ...forQuestion], query, readable);
}

/** Returns whether an address needs the whole set. */
export function asksForWhole({ whole, follows }: LookupParams, query: ViewQuery): boolean {
  return whole || follows !== null || isNarrowed(query) || query.sorts.length > 0;
}

/** Returns whether a search or filter hides rows. */
export function isNarrowed({ search, filters }: ViewQuery): boolean {
  return search !== "" || Object.keys(filters).length > 0;
}
