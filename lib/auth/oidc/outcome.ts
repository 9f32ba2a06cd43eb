import "server-only";
import { AuditTrail } from "@/lib/audit/trail";
import { store } from "@/lib/db/store";
import type { Env } from "@/lib/env";
import type { Oidc } from "@/lib/env-services";
import { isWorthARow } from "@/lib/limits";
import { logLine } from "@/lib/log";
import { waysInOf } from "@/lib/people/ways-in";
import { requestFacts } from "@/lib/request-facts";
import type { User } from "../accounts";
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
  const admitted = await admitOidcPerson(await store(), person.value, ways, new Date(), linkTo);
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
