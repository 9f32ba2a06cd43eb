import type { Field } from "@/lib/chat-api/types";
import type { LookupInput } from "./actions";
import type { LookupParams } from "./search-params";

/** The question an address asks of the server, or null when it names nobody. */
export function lookupInput(
  { app, subscriber, fields, offset, size }: LookupParams,
  defaultApp: string,
  visible: readonly Field[],
): LookupInput | null {
  if (!subscriber) return null;
  return {
    app: app ?? defaultApp,
    subscriberId: subscriber,
    fields: fields.filter((field) => visible.includes(field)),
    offset,
    size,
  };
}

/** The key of a lookup's answer: from the widest to the narrowest, so that its head names its list. */
export function lookupKey({ app, subscriberId, fields, size, offset }: LookupInput) {
  return ["lookup", app, subscriberId, fields.join(), size, offset] as const;
}

export type LookupKey = ReturnType<typeof lookupKey>;
