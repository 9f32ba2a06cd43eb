import type { Secret } from "@/lib/secret";
import { seal, unseal } from "../seal";
import type { SessionUser } from "../session";

const MINUTES = 5;

const purpose = ({ sessionId }: LinkOwner) => `link ${sessionId}`;

type LinkOwner = Pick<SessionUser, "sessionId">;

/** Lets a session that has just shown its password link its account to the identity provider. */
export function newLinkTicket(user: LinkOwner, authSecret: Secret, now: Date): string {
  return seal(String(now.getTime() + MINUTES * 60_000), purpose(user), authSecret);
}

/** Whether the ticket was made for this session within five minutes. */
export function readLinkTicket(
  ticket: string,
  user: LinkOwner,
  authSecret: Secret,
  now: Date,
): boolean {
  return Number(unseal(ticket, purpose(user), authSecret)) > now.getTime();
}
