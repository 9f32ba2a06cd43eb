import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { type Env, env } from "@/lib/env";
import { refusedAccountCookieName } from "./cookies";

const SECONDS = 120;

/**
 * A cookie that tells the sign-in page whom the provider had named, when that person was refused. An
 * address could say any name, and would stay in the history.
 */
export async function refusedAccountCookie(account: string, { appUrl, authSecret }: Env) {
  const name = refusedAccountCookieName(appUrl);
  const secret = authSecret.reveal();
  const value = await encode({ token: { account }, secret, salt: name, maxAge: SECONDS });
  const secure = appUrl.protocol === "https:";
  return {
    name,
    value,
    path: "/",
    maxAge: SECONDS,
    httpOnly: true,
    sameSite: "lax",
    secure,
  } as const;
}

/** Who was refused a moment ago in this browser, or null. */
export async function refusedAccount(): Promise<string | null> {
  const { appUrl, authSecret } = env();
  const name = refusedAccountCookieName(appUrl);
  try {
    const token = (await cookies()).get(name)?.value;
    const told = await decode({ token, secret: authSecret.reveal(), salt: name });
    return typeof told?.account === "string" ? told.account : null;
  } catch {
    return null;
  }
}
