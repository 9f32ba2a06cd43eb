import { FIELDS, type Field } from "@/lib/chat-api/types";
import type { Database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { FieldPolicy, FieldRule } from "./field-policy";
import type { Role } from "./permissions";
import { listRevealed, type SubscriberInApp } from "./reveals";
import type { SessionUser } from "./session";

/** The fields a role sees without more ado, in the vendor's order. */
export function shownFields(policy: FieldPolicy, role: Role): readonly Field[] {
  return fieldsUnder("shown", policy, role);
}

/** The fields a role may ask for after giving a reason, in the vendor's order. */
export function maskedFields(policy: FieldPolicy, role: Role): readonly Field[] {
  return fieldsUnder("masked", policy, role);
}

/**
 * The fields that may be asked of the vendor for this person now, in the vendor's order: those shown to
 * the role, and the masked ones that this session has revealed for this subscriber. What is not among
 * them is never asked for.
 *
 * @param about null where it is about nobody in particular: then no masked field is among them
 */
export async function readableFields(
  db: Database,
  user: Pick<SessionUser, "role" | "sessionId">,
  about: SubscriberInApp | null,
  now: Date,
): Promise<readonly Field[]> {
  const { fieldPolicy } = env();
  const shown = shownFields(fieldPolicy, user.role);
  const masked = maskedFields(fieldPolicy, user.role);
  if (about === null || masked.length === 0) return shown;
  const revealed = await listRevealed(db, user.sessionId, about, now);
  const unmasked = revealed.map(({ field }) => field).filter((field) => masked.includes(field));
  return FIELDS.filter((field) => shown.includes(field) || unmasked.includes(field));
}

function fieldsUnder(rule: FieldRule, policy: FieldPolicy, role: Role): readonly Field[] {
  return FIELDS.filter((field) => policy[role][field] === rule);
}
