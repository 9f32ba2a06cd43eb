import { createHmac, randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { signInAttempts } from "@/lib/db/schema";
import type { Secret } from "@/lib/secret";
import type { SessionUser } from "../current-user";
import { digestOf, keyFor, seal, unseal } from "../seal";

const MINUTES = 15;

/** Seconds for which a cookie ties a browser to the sign-ins it started. */
export const BROWSER_SECONDS = MINUTES * 60;

/** The values that tie the provider's answer to one sign-in. */
export type AttemptSecrets = {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly codeChallenge: string;
};

type NewAttempt = {
  /** The value of the browser's cookie. */
  readonly browser: string;
  /** The path to return to, of any length. */
  readonly returnTo: string;
  /** The account to link to the provider's identity; null for a sign-in. */
  readonly accountId: string | null;
};

type TakenAttempt = Omit<NewAttempt, "browser"> & { readonly isExpired: boolean };

/** Returns a random value of 256 bits, for a state or a browser's cookie. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Derives nonce and code verifier from the state, so that none of them needs to be stored. */
export function secretsOf(state: string, authSecret: Secret): AttemptSecrets {
  const derive = (purpose: string) =>
    createHmac("sha256", keyFor("oidc", authSecret))
      .update(`${purpose} ${state}`)
      .digest("base64url");
  const codeVerifier = derive("verifier");
  return { state, nonce: derive("nonce"), codeVerifier, codeChallenge: digestOf(codeVerifier) };
}

/** Stores a sign-in that starts at the provider, under its state. */
export async function addAttempt(
  db: Database,
  state: string,
  { browser, ...attempt }: NewAttempt,
  now: Date,
): Promise<void> {
  await db.insert(signInAttempts).values({
    ...attempt,
    stateDigest: digestOf(state),
    browserDigest: digestOf(browser),
    expiresAt: new Date(now.getTime() + MINUTES * 60_000),
  });
}

/** Removes and returns the sign-in that this browser started with this state, or null. */
export async function takeAttempt(
  db: Database,
  state: string,
  browser: string,
  now: Date,
): Promise<TakenAttempt | null> {
  const { stateDigest, browserDigest } = signInAttempts;
  const [taken] = await db
    .delete(signInAttempts)
    .where(and(eq(stateDigest, digestOf(state)), eq(browserDigest, digestOf(browser))))
    .returning();
  if (taken === undefined) return null;
  const { returnTo, accountId, expiresAt } = taken;
  return { returnTo, accountId, isExpired: now >= expiresAt };
}

const LINK_MINUTES = 5;

const linkPurpose = ({ sessionId }: LinkOwner) => `link ${sessionId}`;

type LinkOwner = Pick<SessionUser, "sessionId">;

/** Returns a ticket with which a session may link its account. Check the password before. */
export function newLinkTicket(user: LinkOwner, authSecret: Secret, now: Date): string {
  return seal(String(now.getTime() + LINK_MINUTES * 60_000), linkPurpose(user), authSecret);
}

/** Returns whether the ticket was made for this session in the last five minutes. */
export function readLinkTicket(
  ticket: string,
  user: LinkOwner,
  authSecret: Secret,
  now: Date,
): boolean {
  return Number(unseal(ticket, linkPurpose(user), authSecret)) > now.getTime();
}
