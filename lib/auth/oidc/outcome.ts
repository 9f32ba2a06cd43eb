import "server-only";
import { cookies } from "next/headers";
import { AuditTrail } from "@/lib/audit/trail";
import { database } from "@/lib/db/database";
import { type Env, env } from "@/lib/env";
import type { Oidc } from "@/lib/env-services";
import { isWorthARow } from "@/lib/http/limits";
import { requestFacts } from "@/lib/http/request-facts";
import { logLine } from "@/lib/log";
import { waysInOf } from "@/lib/people/ways-in";
import type { User } from "../accounts";
import { cookieOptions, refusedAccountCookieName } from "../cookies";
import { seal, unseal } from "../seal";
import { admitOidcPerson } from "./admission";
import { type Claims, readPerson } from "./claims";
import { isRefusal, type SsoProblem } from "./problem";

/** What became of a sign-in. */
export type Outcome = {
  user: User | null;
  problem: SsoProblem | null;
  /** The person's address or name, as far as the provider gave one. */
  account: string | null;
};

export function noOutcome(): Outcome {
  return { user: null, problem: null, account: null };
}

/** Looks for the account of the person in the claims, and writes into `outcome` what became of it. */
export async function admit(
  claims: Claims,
  { env, oidc }: { readonly env: Env; readonly oidc: Oidc },
  linkTo: string | null,
  outcome: Outcome,
): Promise<void> {
  const person = readPerson(claims, oidc);
  if (!person.ok) {
    const { problem, account, reason } = person.failure;
    Object.assign(outcome, { problem, account });
    logLine("sign-in", `${problem}: ${reason}`, { level: "warning" });
    return;
  }
  outcome.account = person.value.email;
  const ways = waysInOf(env);
  const admitted = await admitOidcPerson(await database(), person.value, ways, new Date(), linkTo);
  if (admitted.ok) {
    outcome.user = admitted.value;
    return;
  }
  outcome.problem = admitted.failure;
  if (admitted.failure === "emailUnverified") {
    const state = claims.email_verified === undefined ? "is missing" : "is not true";
    logLine("sign-in", `emailUnverified: the claim "email_verified" ${state}`, {
      level: "warning",
    });
  }
}

/** Writes a failed sign-in to the audit. */
export async function record(problem: SsoProblem, { account }: Outcome): Promise<void> {
  const facts = await requestFacts();
  if (!(await isWorthARow(facts.address, new Date()))) return;
  const outcome = isRefusal(problem) ? "refused" : "failed";
  await new AuditTrail("signIn", facts, null).end({ outcome, code: problem, target: account });
}

const REFUSED_SECONDS = 120;
const REFUSED_ACCOUNT = "refused-account";

/**
 * A cookie that tells the sign-in page which account was refused. An address could hold any name, and
 * would stay in the history.
 */
export function refusedAccountCookie(account: string, { appUrl, authSecret }: Env) {
  return {
    name: refusedAccountCookieName(appUrl),
    value: seal(account, REFUSED_ACCOUNT, authSecret),
    ...cookieOptions(appUrl),
    maxAge: REFUSED_SECONDS,
  };
}

/** The account that was refused in this browser within two minutes, or null. */
export async function refusedAccount(): Promise<string | null> {
  const { appUrl, authSecret } = env();
  const sealed = (await cookies()).get(refusedAccountCookieName(appUrl))?.value;
  return sealed === undefined ? null : unseal(sealed, REFUSED_ACCOUNT, authSecret);
}
