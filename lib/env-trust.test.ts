import { describe, expect, test } from "vitest";
import { parseEnv } from "./env";
import type { Variables } from "./env-checks";

const complete = {
  APP_URL: "https://desk.example.com",
  AUTH_SECRET: "auth-secret-that-must-not-show-000",
  CHAT_APPS: JSON.stringify([
    {
      slug: "a",
      name: "A",
      sdkAppId: 1,
      adminId: "a",
      secretKey: "must-not-show",
      region: "china",
    },
  ]),
};

function parsed(change: Variables) {
  const result = parseEnv({ ...complete, ...change });
  if (!result.ok) throw new Error(result.failure.join("\n"));
  return result.value;
}

function problems(change: Variables): readonly string[] {
  const result = parseEnv({ ...complete, ...change });
  return result.ok ? [] : result.failure;
}

test("left out or blank, they are what is right for most", () => {
  const blank = {
    LOCAL_ACCOUNTS: " ",
    SESSION_HOURS: "",
    FIELD_POLICY: "",
    TRUSTED_PROXIES: "",
    OIDC_ISSUER: "",
  };
  for (const env of [parsed({}), parsed(blank)]) {
    expect(env).toMatchObject({
      oidc: null,
      localAccounts: true,
      oneTimeCodesRequired: false,
      sessionIdleMinutes: 120,
      sessionHours: 12,
      auditRetentionDays: 365,
      strictAddresses: false,
      trustedProxies: [],
      lookupsPerMinute: 300,
      exportsPerHour: 60,
    });
    expect(env.fieldPolicy.support.customString).toBe("shown");
  }
});

test("each of them is read", () => {
  const env = parsed({
    ONE_TIME_CODES: "required",
    SESSION_IDLE_MINUTES: "15",
    SESSION_HOURS: "8",
    FIELD_POLICY: '{"support":{"customString":"masked","ownerId":"never"}}',
    AUDIT_RETENTION_DAYS: "30",
    STRICT_ADDRESSES: "on",
    TRUSTED_PROXIES: "10.0.0.0/8, 192.0.2.7 ,2001:db8::/32",
    LOOKUPS_PER_MINUTE: "10",
    EXPORTS_PER_HOUR: "1",
  });
  expect(env).toMatchObject({
    oneTimeCodesRequired: true,
    sessionIdleMinutes: 15,
    sessionHours: 8,
    auditRetentionDays: 30,
    strictAddresses: true,
    trustedProxies: ["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"],
    lookupsPerMinute: 10,
    exportsPerHour: 1,
  });
  expect(env.fieldPolicy.support).toMatchObject({ customString: "masked", ownerId: "never" });
  expect(env.fieldPolicy.admin.customString).toBe("shown");
});

describe("one sentence for what is wrong", () => {
  const cases: readonly (readonly [name: string, value: string, right: string])[] = [
    ["LOCAL_ACCOUNTS", "no", 'is "no": it must be on or off.'],
    ["LOCAL_ACCOUNTS", "ON", 'is "ON": it must be on or off.'],
    ["ONE_TIME_CODES", "on", 'is "on": it must be optional or required.'],
    ["STRICT_ADDRESSES", "true", 'is "true": it must be on or off.'],
    ["SESSION_IDLE_MINUTES", "0", "is 0: it must be a whole number from 1 to 1440."],
    ["SESSION_IDLE_MINUTES", "1.5", 'is "1.5": it must be a whole number from 1 to 1440.'],
    ["SESSION_HOURS", "169", "is 169: it must be a whole number from 1 to 168."],
    ["AUDIT_RETENTION_DAYS", "-1", 'is "-1": it must be a whole number from 1 to 3650.'],
    ["LOOKUPS_PER_MINUTE", "0", "is 0: it must be a whole number from 1 to 100000."],
    ["EXPORTS_PER_HOUR", "many", 'is "many": it must be a whole number from 1 to 100000.'],
    ...[
      "proxy.example.com",
      "10.0.0.0/33",
      "10.0.0.0/8/8",
      "2001:db8::/129",
      "10.0.0.1,",
      "10/8",
    ].map(
      (value) =>
        [
          "TRUSTED_PROXIES",
          value,
          `is ${JSON.stringify(value)}: it must be addresses or networks with commas between them, such as 10.0.0.0/8, 192.0.2.7.`,
        ] as const,
    ),
    ...[
      "{",
      "masked",
      "[]",
      '{"support":"masked"}',
      '{"support":{"customString":"secret"}}',
      '{"support":{"ownerID":"masked"}}',
      '{"boss":{"customString":"masked"}}',
    ].map(
      (value) =>
        [
          "FIELD_POLICY",
          value,
          'is not valid: it must be JSON of rules (shown, masked, never) by role and field, such as {"support":{"customString":"masked"}}.',
        ] as const,
    ),
  ];

  test.each(cases)("%s=%s", (name, value, right) => {
    expect(problems({ [name]: value })).toEqual([`${name} ${right}`]);
  });

  test("nobody could sign in", () => {
    expect(problems({ LOCAL_ACCOUNTS: "off" })).toEqual([
      "LOCAL_ACCOUNTS is off, but OIDC_ISSUER is not set: nobody could sign in.",
    ]);
  });
});
