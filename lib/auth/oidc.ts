import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Oidc } from "@/lib/env-oidc";
import { type OidcEndpoints, PROVIDER_TIMEOUT_MS } from "./oidc-discovery";

/** What an ID token says of a person. */
export type OidcClaims = Readonly<Record<string, unknown>>;

/**
 * The identity provider as the sign-in library knows it: a code with a proof of its own, an ID token with
 * our nonce, and no other question about the person. `onFailure` is told why a code did not become one.
 */
export function oidcProvider(
  oidc: Oidc,
  endpoints: OidcEndpoints,
  onFailure: (error: unknown) => void,
): OAuthConfig<OidcClaims> {
  return {
    id: "oidc",
    name: oidc.name,
    type: "oauth",
    issuer: oidc.issuer,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret.reveal(),
    client: {
      id_token_signed_response_alg: endpoints.signingAlgorithm,
      token_endpoint_auth_method: endpoints.clientAuthentication,
    },
    authorization: { url: endpoints.authorization, params: { scope: "openid email profile" } },
    jwks_endpoint: endpoints.keys,
    token: {
      url: endpoints.token,
      request: async ({ client, provider, params, checks }) => {
        try {
          return { tokens: await client.callback(provider.callbackUrl, params, checks) };
        } catch (error) {
          onFailure(error);
          throw error;
        }
      },
    },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    httpOptions: { timeout: PROVIDER_TIMEOUT_MS },
    // Whose account this is, is found out before there is a session.
    profile: () => ({ id: "unknown" }),
  };
}
