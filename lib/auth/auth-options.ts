import "server-only";
import type { AuthOptions, DefaultSession } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { Env } from "@/lib/env";
import { LineLimit, logLine, reasonOf } from "@/lib/log";
import { signInCookies } from "./cookies";
import { authorize, type Proven } from "./credentials";
import { readClaims, userOf } from "./session";
import { beginSession, finishSession } from "./session-ends";

// Anybody can cause these lines.
const limit = new LineLimit();

/** How the sign-in library is set up: who may sign in how, and an encrypted cookie that names a session. */
export function authOptions({ appUrl, authSecret, localAccounts, sessionHours }: Env): AuthOptions {
  // The library reads its own address nowhere else.
  process.env.NEXTAUTH_URL = appUrl.origin;
  const maxAge = sessionHours * 60 * 60;
  return {
    secret: authSecret.reveal(),
    providers: localAccounts ? [passwords()] : [],
    session: { strategy: "jwt", maxAge },
    jwt: { maxAge },
    useSecureCookies: appUrl.protocol === "https:",
    cookies: signInCookies(appUrl),
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    callbacks: {
      // Nothing but two ids: all else is read from the database when it is needed.
      jwt: async ({ token, user, account }) => {
        if (!user) return { sub: token.sub, sid: token.sid };
        const proof =
          account?.type === "credentials"
            ? // Set by `authorize`.
              (user as Proven).proof
            : { way: "oidc" as const, idToken: account?.id_token ?? null };
        const { accountId, sessionId } = await beginSession(user.id, proof);
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

function passwords() {
  return Credentials({ credentials: { email: {}, password: {}, code: {} }, authorize });
}

async function shownUser(claims: unknown) {
  const token = readClaims(claims);
  const found = token && (await userOf(token));
  if (!found) return undefined;
  const { id, email, name, role } = found;
  return { id, email, name, role };
}
