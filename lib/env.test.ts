import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, parseEnv as parseDotEnv } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { type Env, parseEnv } from "./env";
import type { Variables } from "./env-checks";

const app = {
  slug: "main",
  name: "Main",
  sdkAppId: 1400000001,
  adminId: "administrator",
  secretKey: "key-that-must-not-show",
  region: "singapore",
};
const complete = {
  APP_URL: "https://desk.example.com",
  AUTH_SECRET: "auth-secret-that-must-not-show-000",
  CHAT_APPS: JSON.stringify([app]),
};

const directory = mkdtempSync(join(tmpdir(), "env-test-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("the three required variables are enough", () => {
  const env = parsed(complete);
  expect(env.appUrl.href).toBe("https://desk.example.com/");
  expect(env.authSecret.reveal()).toBe(complete.AUTH_SECRET);
  expect(env.chatApps[0]).toMatchObject({
    slug: "main",
    sdkAppId: 1400000001,
    region: "singapore",
  });
  expect(env.chatApps[0]?.secretKey.reveal()).toBe(app.secretKey);
  expect(env).toMatchObject({
    chatBudgetPerSecond: 200,
    bootstrapAdmin: null,
    port: 3000,
    hostname: "0.0.0.0",
    keepAliveSeconds: 75,
  });
  expect(env.database).toEqual({ kind: "embedded", directory: join(process.cwd(), ".data") });
});

test("every optional variable is read", () => {
  const env = parsed({
    ...complete,
    CHAT_APPS: JSON.stringify([{ ...app, region: undefined, baseUrl: "http://127.0.0.1:4010/" }]),
    CHAT_BUDGET_PER_SECOND: "50",
    DATABASE_URL: "postgres://desk:pass%2Fword@db.example.com/desk",
    BOOTSTRAP_ADMIN_EMAIL: "admin@example.com",
    BOOTSTRAP_ADMIN_PASSWORD: "long enough it is",
    PORT: "0",
    LISTEN_ADDRESS: "127.0.0.1",
    KEEP_ALIVE_SECONDS: "120",
  });
  expect(env.chatApps[0]?.baseUrl).toBe("http://127.0.0.1:4010");
  expect(env.chatBudgetPerSecond).toBe(50);
  expect(env.database.kind === "postgres" && env.database.url.reveal()).toContain("pass%2Fword");
  expect(env.bootstrapAdmin?.password.reveal()).toBe("long enough it is");
  expect([env.port, env.hostname, env.keepAliveSeconds]).toEqual([0, "127.0.0.1", 120]);
});

test.each([
  [{ HOSTNAME: "4f2a9c01d7be" }, "0.0.0.0"],
  [{ HOSTNAME: "desk-7d9f.example.internal" }, "0.0.0.0"],
  [{ HOSTNAME: "localhost" }, "0.0.0.0"],
  [{ HOSTNAME: "127.0.0.1" }, "127.0.0.1"],
  [{ HOSTNAME: "::1" }, "::1"],
  [{ HOSTNAME: "127.0.0.1", LISTEN_ADDRESS: "0.0.0.0" }, "0.0.0.0"],
  [{ HOSTNAME: "4f2a9c01d7be", LISTEN_ADDRESS: "localhost" }, "localhost"],
])("with %j the desk listens on %s", (change, address) => {
  expect(parsed({ ...complete, ...change }).hostname).toBe(address);
});

test("the apps can be in a file", () => {
  const path = join(directory, "apps.json");
  writeFileSync(path, `\ufeff${JSON.stringify([app])}\r\n`);
  const env = parsed({ ...complete, CHAT_APPS: "", CHAT_APPS_FILE: path });
  expect(env.chatApps.map(({ slug }) => slug)).toEqual(["main"]);
});

test("the example file holds every variable, and lacks only the secrets", () => {
  const example = parseDotEnv(readFileSync(".env.example", "utf8"));
  expect(problems(example)).toEqual([
    expect.stringMatching(/^AUTH_SECRET is not set/),
    expect.stringMatching(/^CHAT_APPS\[0\]\.secretKey is not valid/),
  ]);
  const source = ["env", "env-services"]
    .map((name) => readFileSync(`lib/${name}.ts`, "utf8"))
    .join("\n");
  const names = source.match(/(?<=")([A-Z]+(_[A-Z]+)+|PORT|HOSTNAME)(?=")/g) ?? [];
  const filed = source.match(/(?<=\.read(Secret|OrFile)\(\s*")[A-Z_]+/g) ?? [];
  const files = filed.map((name) => `${name}_FILE`);
  expect([...new Set([...names, ...files])].sort()).toEqual(Object.keys(example).sort());
});

test("no secret shows in what is logged or serialised", () => {
  const env = parsed({
    ...complete,
    DATABASE_URL: "postgres://desk:must-not-show@db.example.com/desk",
    BOOTSTRAP_ADMIN_EMAIL: "admin@example.com",
    BOOTSTRAP_ADMIN_PASSWORD: "must-not-show-either",
  });
  const printed = [
    inspect(env, { depth: 9, showHidden: true }),
    JSON.stringify(env),
    `${env.authSecret}`,
  ];
  expect(printed.join("\n")).not.toMatch(/must-not-show/);
});

describe("one sentence for what is wrong", () => {
  const callbackToken = "token-that-must-not-show";
  const apps = (...changes: object[]) => ({
    CHAT_APPS: JSON.stringify(changes.map((change) => ({ ...app, ...change }))),
  });
  const cases: [name: string, change: Record<string, string>, sentence: RegExp][] = [
    ["no address", { APP_URL: "" }, /^APP_URL is not set: it must be an http or https origin/],
    ["no scheme", { APP_URL: "desk.example.com" }, /^APP_URL is not valid: it must be an http/],
    ["another scheme", { APP_URL: "ftp://desk.example.com" }, /^APP_URL is not valid/],
    ["a path", { APP_URL: "https://desk.example.com/desk" }, /^APP_URL is not valid/],
    ["a query", { APP_URL: "https://desk.example.com/?a=1" }, /^APP_URL is not valid/],
    ["a password in it", { APP_URL: "https://me:pw@desk.example.com" }, /^APP_URL is not valid/],
    ["no secret", { AUTH_SECRET: " " }, /^AUTH_SECRET is not set: it must be at least 32/],
    [
      "a short secret",
      { AUTH_SECRET: "short" },
      /^AUTH_SECRET is not valid: it must be at least 32/,
    ],
    [
      "a placeholder for a secret",
      { AUTH_SECRET: "please-change-me-before-you-go-live!" },
      /^AUTH_SECRET is a placeholder or too easy to guess: it must be at least 32/,
    ],
    [
      "your-secret-key-goes-here-0123456789",
      { AUTH_SECRET: "your-secret-key-goes-here-0123456789" },
      /^AUTH_SECRET is a placeholder/,
    ],
    ["one letter", { AUTH_SECRET: "x".repeat(40) }, /^AUTH_SECRET is a placeholder/],
    [
      "a word again and again",
      { AUTH_SECRET: "supersecret".repeat(4) },
      /^AUTH_SECRET is a placeholder/,
    ],
    [
      "the alphabet",
      { AUTH_SECRET: "abcdefghijklmnopqrstuvwxyz0123456789" },
      /^AUTH_SECRET is a placeholder/,
    ],
    ["a zero budget", { CHAT_BUDGET_PER_SECOND: "0" }, /^CHAT_BUDGET_PER_SECOND is 0: .* 1 to/],
    [
      "a word for a port",
      { PORT: "http" },
      /^PORT is "http": it must be a whole number from 0 to 65535/,
    ],
    ["a port too high", { PORT: "65536" }, /^PORT is 65536/],
    [
      "another database",
      { DATABASE_URL: "mysql://u:pw@db/desk" },
      /^DATABASE_URL is not valid: .*postgres/,
    ],
    [
      "a broken one",
      { DATABASE_URL: "postgres://u:a/b@:x/y" },
      /^DATABASE_URL is not valid: .*encoded/,
    ],
    [
      "half an admin",
      { BOOTSTRAP_ADMIN_EMAIL: "a@b.example" },
      /^BOOTSTRAP_ADMIN_PASSWORD is not set, but/,
    ],
    [
      "the other half",
      { BOOTSTRAP_ADMIN_PASSWORD: "long enough it is" },
      /^BOOTSTRAP_ADMIN_EMAIL is not set, but/,
    ],
    [
      "a short password",
      { BOOTSTRAP_ADMIN_EMAIL: "a@b.example", BOOTSTRAP_ADMIN_PASSWORD: "short" },
      /^BOOTSTRAP_ADMIN_PASSWORD is not valid: it must be at least 12/,
    ],
    [
      "no e-mail address",
      { BOOTSTRAP_ADMIN_EMAIL: "root", BOOTSTRAP_ADMIN_PASSWORD: "long enough it is" },
      /^BOOTSTRAP_ADMIN_EMAIL is "root": it must be an email address/,
    ],
    ["no apps", { CHAT_APPS: "" }, /^CHAT_APPS is not set: it must be a JSON array/],
    ["both sources", { CHAT_APPS_FILE: "apps.json" }, /^CHAT_APPS and CHAT_APPS_FILE are both set/],
    [
      "a missing file",
      { CHAT_APPS: "", CHAT_APPS_FILE: "no.json" },
      /^CHAT_APPS_FILE is "no.json".*ENOENT/,
    ],
    ["no JSON", { CHAT_APPS: "[{secretKey: must-not-show}]" }, /^CHAT_APPS is not valid JSON/],
    ["no array", { CHAT_APPS: "{}" }, /^CHAT_APPS is not valid: it must be a JSON array/],
    [
      "an empty array",
      { CHAT_APPS: "[]" },
      /^CHAT_APPS is not valid: it must be a JSON array of at least/,
    ],
    ["no object", { CHAT_APPS: "[1]" }, /^CHAT_APPS\[0\] is not valid: it must be an object/],
    [
      "a slug with spaces",
      apps({ slug: "My App" }),
      /^CHAT_APPS\[0\].slug is "My App": it must be lower-case/,
    ],
    [
      "the same slug twice",
      apps({}, {}),
      /^CHAT_APPS\[1\].slug is "main", which another app already has/,
    ],
    [
      "the callback token of another app",
      apps({ callbackToken }, { slug: "b", sdkAppId: 1400000009, callbackToken }),
      /^CHAT_APPS\[1\].callbackToken is the token of another app too: it must be the app's own/,
    ],
    ["no name", apps({ name: " " }), /^CHAT_APPS\[0\].name is /],
    [
      "an id in quotes",
      apps({ sdkAppId: "14" }),
      /^CHAT_APPS\[0\].sdkAppId is "14": it must be the SDKAppID/,
    ],
    ["no administrator", apps({ adminId: undefined }), /^CHAT_APPS\[0\].adminId is not set/],
    [
      "an empty key",
      apps({ secretKey: "" }),
      /^CHAT_APPS\[0\].secretKey is not valid: it must be the app's/,
    ],
    [
      "an unknown region",
      apps({ region: "mars" }),
      /^CHAT_APPS\[0\].region is "mars": .*singapore/,
    ],
    ["no region", apps({ region: undefined }), /^CHAT_APPS\[0\] has neither region nor baseUrl/],
    [
      "both places",
      apps({ baseUrl: "http://127.0.0.1:1" }),
      /^CHAT_APPS\[0\] has both region and baseUrl/,
    ],
    [
      "a base path",
      apps({ region: undefined, baseUrl: "http://a/v4" }),
      /^CHAT_APPS\[0\].baseUrl is not valid/,
    ],
    [
      "a misspelt key",
      apps({ secretkey: "must-not-show" }),
      /^CHAT_APPS\[0\] has an unknown key, secretkey/,
    ],
  ];

  test.each(cases)("%s", (_, change, sentence) => {
    const sentences = problems({ ...complete, ...change });
    expect(sentences).toEqual([expect.stringMatching(sentence)]);
    expect(sentences[0]).toMatch(/\.$/);
    expect(sentences[0]).not.toMatch(/must-not-show|pw@/);
  });

  test("and all of them at once", () => {
    expect(problems({ PORT: "x", BOOTSTRAP_ADMIN_EMAIL: "a@b.example" })).toHaveLength(5);
  });
});

describe("sign-in, sessions and limits", () => {
  const parsedWith = (change: Variables) => parsed({ ...complete, ...change });
  const problemsWith = (change: Variables) => problems({ ...complete, ...change });

  test("left out or blank, they are what is right for most", () => {
    const blank = {
      LOCAL_ACCOUNTS: " ",
      SESSION_HOURS: "",
      FIELD_POLICY: "",
      TRUSTED_PROXIES: "",
      OIDC_ISSUER: "",
    };
    for (const env of [parsedWith({}), parsedWith(blank)]) {
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
    const env = parsedWith({
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
            `is ${JSON.stringify(value)}: it must be comma-separated addresses or networks, such as 10.0.0.0/8, 192.0.2.7.`,
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
      expect(problemsWith({ [name]: value })).toEqual([`${name} ${right}`]);
    });

    test("nobody could sign in", () => {
      expect(problemsWith({ LOCAL_ACCOUNTS: "off" })).toEqual([
        "LOCAL_ACCOUNTS is off, but OIDC_ISSUER is not set: nobody could sign in.",
      ]);
    });
  });
});

function parsed(source: Variables): Env {
  const result = parseEnv(source);
  if (!result.ok) throw new Error(result.failure.join("\n"));
  return result.value;
}

function problems(source: Variables): string[] {
  const result = parseEnv(source);
  return result.ok ? [] : result.failure;
}
