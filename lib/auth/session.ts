import "server-only";
import { cookies } from "next/headers";
import type { AuthOptions, DefaultSession } from "next-auth";
import { decode } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { reasonOf } from "@/lib/db/errors";
import { store } from "@/lib/db/store";
import { type Env, env } from "@/lib/env";
import { logLine } from "@/lib/log";
import { getUser, type User } from "./accounts";
import { clientAddress } from "./client-address";
import { SESSION_SECONDS, sessionCookieName, signInCookies } from "./cookies";
import { type SignInFailure, signIn } from "./sign-in";

export type { User } from "./accounts";

/**
 * The person who makes this request, or null. Read from the store each time, so that a changed role
 * or a disabled account acts at once.
 */
export async function currentUser(): Promise<User | null> {
  const { appUrl, authSecret } = env();
  const token = (await cookies()).get(sessionCookieName(appUrl))?.value;
  const id = await readUserId(token, authSecret.reveal());
  return id === null ? null : getUser(await store(), id);
}

/** How the sign-in library is set up: e-mail and password, and a session in an encrypted cookie. */
export function authOptions({ appUrl, authSecret }: Env): AuthOptions {
  // The library reads its own address nowhere else.
  process.env.NEXTAUTH_URL = appUrl.origin;
  return {
    secret: authSecret.reveal(),
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: (given, { headers }) => authorize(given, clientAddress(headers ?? {})),
      }),
    ],
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    jwt: { maxAge: SESSION_SECONDS },
    useSecureCookies: appUrl.protocol === "https:",
    cookies: signInCookies(appUrl),
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    callbacks: {
      // Nothing but the id: all else is read from the store when it is needed.
      jwt: ({ token }) => ({ sub: token.sub }),
      session: async ({ session: { expires }, token }): Promise<DefaultSession> => ({
        user: (token.sub && (await getUser(await store(), token.sub))) || undefined,
        expires,
      }),
    },
    logger: {
      error: (code, metadata) =>
        logLine("sign-in", `${code} ${metadata instanceof Error ? reasonOf(metadata) : ""}`),
      warn: (code) => logLine("sign-in", code),
      debug: () => {},
    },
  };
}

const credentials = z.object({ email: z.string().max(320), password: z.string().max(1024) });

// The library hands the browser the message of whatever is thrown here, and nothing else.
async function authorize(given: unknown, address: string): Promise<User> {
  const parsed = credentials.safeParse(given);
  if (!parsed.success) throw new Error(word({ kind: "credentials" }));
  const result = await attempt({ ...parsed.data, address });
  if (!result.ok) throw new Error(word(result.failure));
  return result.value;
}

async function attempt(input: Parameters<typeof signIn>[1]) {
  try {
    return await signIn(await store(), input, new Date());
  } catch (error) {
    logLine("sign-in", reasonOf(error));
    throw new Error("failed");
  }
}

function word(failure: SignInFailure): string {
  return failure.kind === "wait" ? `wait:${failure.seconds}` : "credentials";
}

async function readUserId(token: string | undefined, secret: string): Promise<string | null> {
  try {
    return (await decode({ token, secret }))?.sub ?? null;
  } catch {
    // A cookie that is damaged, expired or of another secret is no session.
    return null;
  }
}
