import type { RevealedField, SubscriberInApp } from "@/lib/auth/fields";
import { FIELDS, type Field } from "@/lib/chat-api/types";

/** A masked field of one subscriber that may be read for so long, whatever either clock says. */
export type Revealed = SubscriberInApp & {
  readonly field: Field;
  /** Milliseconds. */
  readonly left: number;
};

/** What a session has revealed, as the browser is told of it. */
export function revealedAt(
  now: Date,
  { app, subscriberId }: SubscriberInApp,
  fields: readonly RevealedField[],
): Revealed[] {
  return fields.map(({ field, expiresAt }) => ({
    ...{ app, subscriberId, field },
    left: expiresAt.getTime() - now.getTime(),
  }));
}

/** The fields to ask for: those that the role sees, and those that were revealed. */
export function withRevealed(
  visible: readonly Field[],
  revealed: readonly Pick<Revealed, "field">[],
): readonly Field[] {
  const isRevealed = (field: Field) => revealed.some((reveal) => reveal.field === field);
  return FIELDS.filter((field) => visible.includes(field) || isRevealed(field));
}
