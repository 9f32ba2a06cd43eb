import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import { describe, expect, it } from "vitest";
import { exchangeError, OidcError } from "./errors";

const of = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });

const wrapped = (cause: unknown, code?: string) =>
  Object.assign(new ClientError("something went wrong", { cause }), { code });

const refused = (status: number, error: string, description = "") =>
  new ResponseBodyError("server responded with an error in the response body", {
    cause: { error, error_description: description },
    response: new Response(null, { status }),
  });

const declined = new AuthorizationResponseError("authorization response is an error", {
  cause: new URLSearchParams({ error: "access_denied" }),
});

describe("exchangeError", () => {
  it.each([
    ["timed out", wrapped(of("TimeoutError", "aborted"), "OAUTH_TIMEOUT"), "unreachable"],
    [
      "not connected",
      new TypeError("fetch failed", {
        cause: of("Error", "connect ECONNREFUSED 127.0.0.1:1", { code: "ECONNREFUSED" }),
      }),
      "unreachable",
    ],
    ["answered by 502", wrapped(new Response(null, { status: 502 })), "unreachable"],
    ["answered by 302", wrapped(new Response(null, { status: 302 })), "failed"],
    ["a used code", refused(400, "invalid_grant"), "expired"],
    ["another client", refused(401, "unauthorized_client"), "failed"],
    ["declined", declined, "declined"],
    ["another issuer", wrapped(of("Error", "unexpected issuer"), "OAUTH_JWT_CLAIM"), "untrusted"],
    ["no ID token", new TypeError("id_token is missing"), "untrusted"],
    ["ours", wrapped(wrapped(new OidcError("unreachable", "too long"))), "unreachable"],
    ["a text", "a text", "untrusted"],
  ])("of one that is %s says so", (_, error, problem) => {
    expect(exchangeError(error).problem).toBe(problem);
  });

  it("keeps the words of a claim and leaves out its values", () => {
    const token = "eyJhbGciOiJSUzI1NiIsImtpZCI6Im9uZSJ9";
    const cause = of("OperationProcessingError", 'unexpected ID Token "nonce" claim value', {
      code: "OAUTH_JWT_CLAIM_COMPARISON_FAILED",
      cause: { expected: token, claims: { nonce: token } },
    });
    expect(exchangeError(wrapped(cause)).message).toBe('unexpected ID Token "nonce" claim value');
    expect(exchangeError(of("Error", `unexpected ${token}`)).message).toBe("unexpected …");
  });

  it("names both issuers, which may differ by a slash alone", () => {
    const [expected, iss] = ["https://a.example", "https://a.example/"];
    const cause = of("OperationProcessingError", 'unexpected JWT "iss" (issuer) claim value', {
      code: "OAUTH_JWT_CLAIM_COMPARISON_FAILED",
      cause: { expected, claims: { iss }, claim: "iss" },
    });
    expect(exchangeError(wrapped(cause)).message).toBe(
      `unexpected JWT "iss" (issuer) claim value, expected ${expected}, got ${iss}`,
    );
  });

  it("does not repeat what a provider says at length", () => {
    expect(exchangeError(refused(400, "invalid_grant", "code abc was used")).message).toBe(
      "invalid_grant",
    );
  });
});
