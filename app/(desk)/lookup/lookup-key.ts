import type { Field } from "@/lib/chat-api/types";
import type { ViewQuery } from "@/lib/subscriptions/view";
import type { LookupInput } from "./actions";
import { fieldsToAsk } from "./list-query";
import type { LookupParams } from "./search-params";

/** The question an address asks of the server, or null when it names nobody. */
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

/** The key of a lookup's answer: from the widest to the narrowest, so that its head names its list. */
export function lookupKey({ app, subscriberId, fields, size, offset }: LookupInput) {
  return ["lookup", app, subscriberId, fields.join(), size, offset] as const;
}

export type LookupKey = ReturnType<typeof lookupKey>;
