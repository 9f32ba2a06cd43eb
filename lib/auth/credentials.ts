import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { AuditTrail } from "@/lib/audit/trail";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { isWorthARow } from "@/lib/http/limits";
import { consume } from "@/lib/http/rate-limit";
import { requestFacts } from "@/lib/http/request-facts";
import { logLine, reasonOf } from "@/lib/log";
import type { Result } from "@/lib/result";
import { normaliseEmail } from "./accounts";
import { deviceCookieName } from "./cookies";
import { type Proof, type SignedIn, type SignInFailure, signIn } from "./sign-in";

// A database takes no NUL, and nobody can type one.
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\0]*$/);

const credentials = z.object({
  email: text(320),
  password: text(1024),
  code: text(100).optional(),
});

type Given = z.infer<typeof credentials>;

/** What the library hands on, within this process, to where the session begins. */
export type Proven = { readonly id: string; readonly proof: Proof };

/**
 * The person of an e-mail address, a password and, where codes are on, a code. Else it throws an error
 * whose message is one word: the library hands that to the browser, and nothing else.
 */
export async function authorize(given: unknown): Promise<Proven> {
  const parsed = credentials.safeParse(given);
  if (!parsed.success || !env().localAccounts) throw new Error("credentials");
  const result = await attempt(parsed.data);
  if (!result.ok) throw new Error(word(result.failure));
  const { user, proof } = result.value;
  return { id: user.id, proof };
}

async function attempt({ code, ...given }: Given): Promise<Result<SignedIn, SignInFailure>> {
  const { appUrl } = env();
  try {
    const [desk, request, jar] = await Promise.all([database(), requestFacts(), cookies()]);
    const trail = new AuditTrail("signIn", request, null);
    const { address } = request;
    const now = new Date();
    const device = jar.get(deviceCookieName(appUrl))?.value;
    const input = { ...given, code: code || null, address, device };
    const result = await signIn(desk, input, now);
    if (!result.ok && (await isToBeWritten(result.failure, given.email, address, now))) {
      const { kind, email } = result.failure;
      await trail.end({ outcome: "refused", code: kind, target: email });
    }
    return result;
  } catch (error) {
    logLine("sign-in", reasonOf(error));
    throw new Error("failed");
  }
}

// Who waits may try without end: one row a minute tells that as well as thousands, and of many
// addresses that are invented as few rows as of any other flood.
async function isToBeWritten(
  { kind }: SignInFailure,
  email: string,
  address: string,
  now: Date,
): Promise<boolean> {
  if (kind !== "wait") return isWorthARow(address, now);
  const subject = `sign-in-wait:${address}:${normaliseEmail(email)}`;
  const limit = { subject, limit: 1, windowSeconds: 60 };
  const isFirst = (await consume(await database(), [limit], now)).allowed;
  return isFirst && isWorthARow(address, now);
}

// That an account is disabled is for its owner to hear from an administrator, not from this desk.
function word(failure: SignInFailure): string {
  if (failure.kind === "wait") return `wait:${failure.seconds}`;
  return failure.kind === "disabled" ? "credentials" : failure.kind;
}
