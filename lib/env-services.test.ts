import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { VariableReader, type Variables } from "./env-checks";
import { readAlertWebhook, readOidc } from "./env-services";
import { failure, type Result, success } from "./result";

function parse<Value>(
  read: (reader: VariableReader) => Value,
  source: Variables,
): Result<Value, string[]> {
  const reader = new VariableReader(source);
  const value = read(reader);
  return reader.problems.length > 0 ? failure(reader.problems) : success(value);
}

const parseOidc = (source: Variables) => parse(readOidc, source);
const parseAlertWebhook = (source: Variables) => parse(readAlertWebhook, source);

describe("the identity provider", () => {
  const complete = {
    OIDC_ISSUER: "https://login.example.com/tenant/",
    OIDC_CLIENT_ID: "channel-desk",
    OIDC_CLIENT_SECRET: "must-not-show",
    OIDC_ROLES: '{"desk-admins":"admin","helpdesk":"support"}',
  };

  function problems(source: Variables): readonly string[] {
    const result = parseOidc(source);
    return result.ok ? [] : result.failure;
  }

  test("without any of its variables there is no provider", () => {
    expect(parseOidc({ APP_URL: "https://desk.example.com", OIDC_NAME: undefined })).toEqual({
      ok: true,
      value: null,
    });
  });

  test("a provider is its issuer, the desk's name there, and the roles of groups", () => {
    const result = parseOidc(complete);
    if (!result.ok || result.value === null) throw new Error("These variables are complete.");
    const { clientSecret, roles, ...rest } = result.value;
    expect(rest).toEqual({
      issuer: "https://login.example.com/tenant/",
      clientId: "channel-desk",
      name: "SSO",
      roleClaim: "roles",
      scopes: [],
      trustEmail: false,
    });
    expect(clientSecret.reveal()).toBe("must-not-show");
    expect([...roles]).toEqual([
      ["desk-admins", "admin"],
      ["helpdesk", "support"],
    ]);
  });

  test("its button and its claim can have other names", () => {
    const result = parseOidc({ ...complete, OIDC_NAME: " Example ID ", OIDC_ROLE_CLAIM: "groups" });
    expect(result).toMatchObject({ value: { name: "Example ID", roleClaim: "groups" } });
  });

  test("it can be asked for more scopes, each once", () => {
    const scopes = (OIDC_SCOPES: string) => parseOidc({ ...complete, OIDC_SCOPES });
    expect(scopes(" groups  offline_access openid groups")).toMatchObject({
      value: { scopes: ["groups", "offline_access"] },
    });
    expect(scopes("groups\nadmin")).toMatchObject({ ok: false });
  });

  describe("one sentence for what is wrong", () => {
    test.each([
      ["OIDC_ISSUER", undefined, /^OIDC_ISSUER is not set: it must be the issuer of an OpenID/],
      ["OIDC_ISSUER", "login.example.com", /^OIDC_ISSUER is not valid: it must be the issuer/],
      ["OIDC_ISSUER", "ldap://login.example.com", /^OIDC_ISSUER is not valid/],
      ["OIDC_ISSUER", "https://login.example.com/?a=b", /^OIDC_ISSUER is not valid/],
      ["OIDC_ISSUER", "https://login.example.com/#a", /^OIDC_ISSUER is not valid/],
      ["OIDC_CLIENT_ID", undefined, /^OIDC_CLIENT_ID is not set: it must be the client ID/],
      ["OIDC_CLIENT_SECRET", undefined, /^OIDC_CLIENT_SECRET is not set: it must be the client/],
      ["OIDC_NAME", "n".repeat(61), /^OIDC_NAME is "n+": it must be a name of at most 60/],
      [
        "OIDC_SCOPES",
        'groups"',
        /^OIDC_SCOPES is "groups\\"": it must be scopes separated by spaces/,
      ],
      ["OIDC_TRUST_EMAIL", "yes", /^OIDC_TRUST_EMAIL is "yes": it must be on or off/],
      ["OIDC_ROLES", undefined, /^OIDC_ROLES is not set: it must be a JSON object of groups/],
      ["OIDC_ROLES", "admins=admin", /^OIDC_ROLES is not valid JSON: it must be a JSON object/],
      ["OIDC_ROLES", "{}", /^OIDC_ROLES is not valid: it must be a JSON object of groups/],
      ["OIDC_ROLES", "[]", /^OIDC_ROLES is not valid: it must be a JSON object of groups/],
      ["OIDC_ROLES", '{"a":"root"}', /^OIDC_ROLES\.a is not valid: it must be a JSON object of/],
      ["OIDC_ROLES", '{"":"admin"}', /^OIDC_ROLES\.? is not valid: it must be a JSON object of/],
    ])("%s=%s", (name, value, sentence) => {
      const sentences = problems({ ...complete, [name]: value });
      expect(sentences).toEqual([expect.stringMatching(sentence)]);
      expect(sentences[0]).toMatch(/\.$/);
    });

    test("and none repeats a secret", () => {
      const sentences = problems({
        OIDC_ISSUER: "https://desk:must-not-show@login.example.com",
        OIDC_CLIENT_SECRET: "must-not-show",
      });
      expect(sentences).toHaveLength(3);
      expect(sentences.join()).not.toContain("must-not-show");
    });
  });
});

describe("the webhook of the alerts", () => {
  const URL = "https://chat.example.com/hooks/must-not-show";
  const SECRET = "must-not-show-either";
  const both = { DIGEST_WEBHOOK_URL: URL, DIGEST_WEBHOOK_SECRET: SECRET };

  test("nobody is told without an address", () => {
    expect(parseAlertWebhook({})).toEqual({ ok: true, value: null });
    expect(parseAlertWebhook({ DIGEST_SILENT_DAYS: "7" })).toEqual({ ok: true, value: null });
  });

  test("an address and a secret are enough, and neither shows", () => {
    const parsed = parseAlertWebhook(both);
    expect(parsed).toMatchObject({ ok: true, value: { silentDays: 30, movePercent: 10 } });
    if (!parsed.ok || parsed.value === null) throw new Error("It is enough.");
    expect([parsed.value.url.reveal(), parsed.value.secret.reveal()]).toEqual([URL, SECRET]);
    const printed = inspect(parsed, { depth: 9, showHidden: true }) + JSON.stringify(parsed);
    expect(printed).not.toContain("must-not-show");
  });

  test("what is told can be chosen", () => {
    const given = { ...both, DIGEST_SILENT_DAYS: "7", DIGEST_MOVE_PERCENT: "25" };
    expect(parseAlertWebhook(given)).toMatchObject({ value: { silentDays: 7, movePercent: 25 } });
  });

  test.each(["http://localhost:4000/hook", "http://127.0.0.1:1/", "http://[::1]:1/"])(
    "%s is of this machine, and need not be https",
    (address) => {
      expect(parseAlertWebhook({ ...both, DIGEST_WEBHOOK_URL: address }).ok).toBe(true);
    },
  );

  test.each([
    [{ DIGEST_WEBHOOK_URL: URL }, /^DIGEST_WEBHOOK_SECRET is not set, but DIGEST_WEBHOOK_URL is/],
    [
      { DIGEST_WEBHOOK_SECRET: SECRET },
      /^DIGEST_WEBHOOK_URL is not set, but DIGEST_WEBHOOK_SECRET/,
    ],
    [
      { ...both, DIGEST_WEBHOOK_URL: "http://chat.example.com/" },
      /^DIGEST_WEBHOOK_URL is not valid/,
    ],
    [{ ...both, DIGEST_WEBHOOK_URL: "https://a:b@chat.example/" }, /^DIGEST_WEBHOOK_URL is not/],
    [{ ...both, DIGEST_WEBHOOK_URL: "http://localhost.example/" }, /^DIGEST_WEBHOOK_URL is not/],
    [{ ...both, DIGEST_WEBHOOK_URL: "file:///etc/passwd" }, /^DIGEST_WEBHOOK_URL is not valid/],
    [{ ...both, DIGEST_WEBHOOK_URL: "must-not-show" }, /^DIGEST_WEBHOOK_URL is not valid/],
    [{ ...both, DIGEST_WEBHOOK_SECRET: "must-not-show" }, /^DIGEST_WEBHOOK_SECRET is not valid/],
    [
      { ...both, DIGEST_SILENT_DAYS: "0" },
      /^DIGEST_SILENT_DAYS is "?0"?: it must be a whole number/,
    ],
    [{ ...both, DIGEST_MOVE_PERCENT: "1001" }, /^DIGEST_MOVE_PERCENT is "?1001"?: it must be/],
  ])("%j is one sentence", (given, sentence) => {
    const parsed = parseAlertWebhook(given);
    expect(parsed.ok ? [] : parsed.failure).toEqual([expect.stringMatching(sentence)]);
    expect(parsed.ok ? "" : parsed.failure.join()).not.toContain("must-not-show");
  });
});
