import { describe, expect, it } from "vitest";
import { OidcError, problemOf, problemOfExchange, reasonWithoutTokens } from "./errors";

const of = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name }, more);

describe("problemOfExchange", () => {
  it.each([
    [of("RPError", "outgoing request timed out after 5000ms"), "unreachable"],
    [of("Error", "connect ECONNREFUSED 127.0.0.1:1", { code: "ECONNREFUSED" }), "unreachable"],
    [of("OPError", "bad", { error: "bad", response: { statusCode: 502 } }), "unreachable"],
    [of("OPError", "gone", { error: "invalid_grant", response: { statusCode: 400 } }), "expired"],
    [of("OPError", "no", { error: "unauthorized_client" }), "failed"],
    [of("RPError", "state mismatch, expected a, got: b"), "expired"],
    [of("RPError", "unexpected iss value, expected a, got: b"), "untrusted"],
    [of("TypeError", "id_token not present in TokenSet"), "untrusted"],
    ["a text", "untrusted"],
  ])("of %s is %s", (error, problem) => {
    expect(problemOfExchange(error)).toBe(problem);
  });
});

describe("problemOf", () => {
  it("is what an error of ours says, and a failure of the desk otherwise", () => {
    expect(problemOf(new OidcError("untrusted", "another issuer"))).toBe("untrusted");
    expect(problemOf(of("Error", "the database is away", { code: "ECONNREFUSED" }))).toBe("failed");
  });
});

describe("reasonWithoutTokens", () => {
  it("keeps the words and leaves out what could be a token", () => {
    const token = "eyJhbGciOiJSUzI1NiIsImtpZCI6Im9uZSJ9";
    expect(reasonWithoutTokens(of("RPError", `nonce mismatch, expected ${token}, got: x`))).toBe(
      "nonce mismatch, expected …, …",
    );
  });

  it("names both issuers, which may differ by a slash alone", () => {
    const message = "unexpected iss value, expected https://a.example, got: https://a.example/";
    expect(reasonWithoutTokens(of("RPError", message))).toBe(message);
  });

  it("does not repeat what a provider says at length", () => {
    const more = { error: "invalid_grant", error_description: "code abc was used" };
    expect(reasonWithoutTokens(of("OPError", "invalid_grant (code abc was used)", more))).toBe(
      "invalid_grant",
    );
  });
});
