import type { Env } from "@/lib/env";
import { logLine } from "@/lib/log";
import { discover } from "./discovery";
import { reasonWithoutTokens } from "./errors";

/**
 * Makes a sign-out continue to the provider's sign-out, and from there to the sign-in page.
 * Otherwise the next person at this computer could sign in with a click.
 */
export async function alsoAtProvider(
  response: Response,
  idToken: string | null,
  { oidc, appUrl }: Env,
): Promise<Response> {
  if (oidc === null || !response.ok) return response;
  try {
    const { endSession } = await discover(oidc, new Date());
    if (endSession === null) return response;
    const address = new URL(endSession);
    if (idToken !== null) address.searchParams.set("id_token_hint", idToken);
    address.searchParams.set("client_id", oidc.clientId);
    address.searchParams.set("post_logout_redirect_uri", new URL("/sign-in", appUrl).href);
    return Response.json({ url: address.href }, { headers: response.headers });
  } catch (error) {
    // The session here has ended anyway.
    logLine("sign-in", reasonWithoutTokens(error));
    return response;
  }
}
