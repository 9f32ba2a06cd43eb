import "server-only";
import { cookies } from "next/headers";
import { type Env, env } from "@/lib/env";
import { cookieOptions, refusedAccountCookieName } from "../cookies";
import { seal, unseal } from "../seal";

const SECONDS = 120;
const PURPOSE = "refused-account";

/**
 * A cookie that tells the sign-in page which account was refused. An address could hold any name, and
 * would stay in the history.
 */
export function refusedAccountCookie(account: string, { appUrl, authSecret }: Env) {
  return {
    name: refusedAccountCookieName(appUrl),
    value: seal(account, PURPOSE, authSecret),
    ...cookieOptions(appUrl),
    maxAge: SECONDS,
  };
}

/** The account that was refused in this browser within two minutes, or null. */
export async function refusedAccount(): Promise<string | null> {
  const { appUrl, authSecret } = env();
  const sealed = (await cookies()).get(refusedAccountCookieName(appUrl))?.value;
  return sealed === undefined ? null : unseal(sealed, PURPOSE, authSecret);
}
