import "server-only";
import { cookies } from "next/headers";
import type { AuthOptions, DefaultSession } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { AuditTrail } from "@/lib/audit/record";
import { database } from "@/lib/db/database";
import { type Env, env } from "@/lib/env";
import { isWorthARow, waitPerMinute } from "@/lib/http/rate-limit";
import { requestFacts } from "@/lib/http/request";
import { LineLimit, logLine, reasonOf } from "@/lib/log";
import type { Result } from "@/lib/result";
import { normaliseEmail } from "./accounts";
import { cookieName, signInCookies } from "./cookies";
import { readClaims, userOf } from "./current-user";
import { beginSession, finishSession } from "./session-lifecycle";
import { type Proof, type SignedIn, type SignInFailure, signIn } from "./sign-in";

// Anybody can trigger these log lines.
const limit = new LineLimit();

/** Returns the options of next-auth: the providers and an encrypted cookie that names a session. */
export function authOptions({ appUrl, authSecret, localAccounts, sessionHours }: Env): AuthOptions {
  // next-auth reads its own address only from here.
  process.env.NEXTAUTH_URL = appUrl.origin;
  const maxAge = sessionHours * 60 * 60;
  return {
    secret: authSecret.reveal(),
    providers: localAccounts ? [Credentials({ credentials: FIELDS, authorize })] : [],
    session: { strategy: "jwt", maxAge },
    jwt: { maxAge },
    useSecureCookies: appUrl.protocol === "https:",
    cookies: signInCookies(appUrl),
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    callbacks: {
      // The token holds two IDs only. Everything else is read from the database on each request.
      jwt: async ({ token, user }) => {
        if (!user) return { sub: token.sub, sid: token.sid };
        // Set by `authorize`.
        const { accountId, sessionId } = await beginSession(user.id, (user as Proven).proof);
        return { sub: accountId, sid: sessionId };
      },
      session: async ({ session: { expires }, token }): Promise<DefaultSession> => ({
        user: await shownUser(token),
        expires,
      }),
    },
    events: {
      signOut: async ({ token }) => {
        const ended = readClaims(token);
        if (ended) await finishSession(ended);
      },
    },
    logger: {
      error: (code, metadata) => {
        if (!limit.admits(code)) return;
        logLine("sign-in", `${code} ${metadata instanceof Error ? reasonOf(metadata) : ""}`);
      },
      warn: (code) => {
        if (limit.admits(code)) logLine("sign-in", code);
      },
      debug: () => {},
    },
  };
}

const FIELDS = { email: {}, password: {}, code: {} };

async function shownUser(claims: unknown) {
  const token = readClaims(claims);
  const found = token && (await userOf(token));
  if (!found) return undefined;
  const { id, email, name, role } = found;
  return { id, email, name, role };
}

// PostgreSQL rejects NUL characters.
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

type Input = z.infer<typeof credentials>;

/** What next-auth passes from `authorize` to the `jwt` callback. */
type Proven = { readonly id: string; readonly proof: Proof };

/**
 * Checks an e-mail address, a password and a one-time code if the account has codes. Throws an
 * Error whose message is one word, because next-auth sends the message to the browser.
 */
export async function authorize(raw: unknown): Promise<Proven> {
  const parsed = credentials.safeParse(raw);
  if (!parsed.success || !env().localAccounts) throw new Error("credentials");
  const result = await attempt(parsed.data);
  if (!result.ok) throw new Error(word(result.failure));
  const { user, proof } = result.value;
  return { id: user.id, proof };
}

async function attempt({ code, ...entered }: Input): Promise<Result<SignedIn, SignInFailure>> {
  const { appUrl } = env();
  try {
    const [desk, request, jar] = await Promise.all([database(), requestFacts(), cookies()]);
    const trail = new AuditTrail("signIn", request, null);
    const { address } = request;
    const now = new Date();
    const device = jar.get(cookieName("device", appUrl))?.value;
    const input = { ...entered, code: code || null, address, device };
    const result = await signIn(desk, input, now);
    if (!result.ok && (await isToBeWritten(result.failure, entered.email, address, now))) {
      const { kind, email } = result.failure;
      await trail.end({ outcome: "refused", code: kind, target: email });
    }
    return result;
  } catch (error) {
    logLine("sign-in", reasonOf(error));
    throw new Error("failed");
  }
}

// Throttled attempts can repeat endlessly, so at most one row a minute is written for an address.
async function isToBeWritten(
  { kind }: SignInFailure,
  email: string,
  address: string,
  now: Date,
): Promise<boolean> {
  if (kind !== "wait") return isWorthARow(address, now);
  const subject = `sign-in-wait:${address}:${normaliseEmail(email)}`;
  const isFirst = (await waitPerMinute(subject, 1, now)) === null;
  return isFirst && isWorthARow(address, now);
}

// Only an administrator tells an owner that the account is disabled.
function word(failure: SignInFailure): string {
  if (failure.kind === "wait") return `wait:${failure.seconds}`;
  return failure.kind === "disabled" ? "credentials" : failure.kind;
}
