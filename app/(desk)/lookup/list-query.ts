import type { Field } from "@/lib/chat-api/types";
import { neededFields } from "@/lib/subscriptions/needed-fields";
import type { ViewQuery } from "@/lib/subscriptions/view";
import type { LookupParams } from "./search-params";

/** The fields to ask for: those shown, and those that a filter, a sort or a question needs. */
export function fieldsToAsk(
  params: LookupParams,
  query: ViewQuery,
  readable: readonly Field[],
): Field[] {
  const forQuestion: readonly Field[] = params.follows === null ? [] : ["name", "subscribedAt"];
  return neededFields([...params.fields, ...forQuestion], query, readable);
}

/** Whether an address can be answered by the whole set alone. */
export function asksForWhole({ whole, follows }: LookupParams, query: ViewQuery): boolean {
  return whole || follows !== null || isNarrowed(query) || query.sorts.length > 0;
}

/** Whether rows are left out. */
export function isNarrowed({ search, filters }: ViewQuery): boolean {
  return search !== "" || Object.keys(filters).length > 0;
}
