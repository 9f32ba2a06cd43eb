import "server-only";
import type { SessionUser } from "@/lib/auth/current-user";
import { listRevealed, maskedFields, type SubscriberInApp, shownFields } from "@/lib/auth/fields";
import type { Database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { LookupContext } from "../lookup-context";
import { revealedAt } from "./revealed";

/** The fields of this person, and what the session has revealed of whom the address is about. */
export async function fieldFacts(
  db: Database,
  { role, sessionId }: SessionUser,
  about: SubscriberInApp | null,
): Promise<Pick<LookupContext, "visible" | "masked" | "revealed">> {
  const { fieldPolicy } = env();
  const visible = shownFields(fieldPolicy, role);
  const masked = maskedFields(fieldPolicy, role);
  if (about === null || masked.length === 0) return { visible, masked, revealed: [] };
  const now = new Date();
  const found = await listRevealed(db, sessionId, about, now);
  const allowed = found.filter(({ field }) => masked.includes(field));
  return { visible, masked, revealed: revealedAt(now, about, allowed) };
}
