import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { AuditTrail } from "@/lib/audit/trail";
import { reasonOf } from "@/lib/db/errors";
import { store } from "@/lib/db/store";
import { env } from "@/lib/env";
import { isWorthARow } from "@/lib/limits";
import { logLine } from "@/lib/log";
import { takeTurn } from "@/lib/rate-limit";
import { requestFacts } from "@/lib/request-facts";
import type { Result } from "@/lib/result";
import { normaliseEmail, type User } from "./accounts";
import { deviceCookieName } from "./cookies";
import { type SignInFailure, signIn } from "./sign-in";

const credentials = z.object({
  email: z.string().max(320),
  password: z.string().max(1024),
  code: z.string().max(100).optional(),
});

type Given = z.infer<typeof credentials>;

/**
 * The person of an e-mail address, a password and, where codes are on, a code. Else it throws an error
 * whose message is one word: the library hands that to the browser, and nothing else.
 */
export async function authorize(given: unknown): Promise<User> {
  const parsed = credentials.safeParse(given);
  if (!parsed.success || !env().localAccounts) throw new Error("credentials");
  const result = await attempt(parsed.data);
  if (!result.ok) throw new Error(word(result.failure));
  return result.value;
}

async function attempt({ code, ...given }: Given): Promise<Result<User, SignInFailure>> {
  const { appUrl } = env();
  try {
    const [desk, request, jar] = await Promise.all([store(), requestFacts(), cookies()]);
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

// Who waits may try without end: one row a minute tells that as well as thousands.
async function isToBeWritten(
  { kind }: SignInFailure,
  email: string,
  address: string,
  now: Date,
): Promise<boolean> {
  if (kind !== "wait") return isWorthARow(address, now);
  const subject = `sign-in-wait:${address}:${normaliseEmail(email)}`;
  const turn = { subject, limit: 1, windowSeconds: 60 };
  return (await takeTurn(await store(), [turn], now)).allowed;
}

// That an account is disabled is for its owner to hear from an administrator, not from this desk.
function word(failure: SignInFailure): string {
  if (failure.kind === "wait") return `wait:${failure.seconds}`;
  return failure.kind === "disabled" ? "credentials" : failure.kind;
}
