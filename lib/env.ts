import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { isGuessable } from "./auth/password-rules";
import { FIELD_RULES, fieldPolicy, isAskable, ROLES } from "./auth/permissions";
import { FIELDS } from "./chat-api/types";
import {
  expects,
  expectsSecret,
  json,
  networks,
  onOff,
  origin,
  secret,
  VariableReader,
  type Variables,
  wholeNumber,
} from "./env-checks";
import { readAlertWebhook, readChatApps, readOidc } from "./env-services";
import { failure, type Result, success } from "./result";
import { Secret } from "./secret";

/** The location of the database: a PostgreSQL server, or a directory of this process. */
export type DatabaseLocation =
  | { readonly kind: "postgres"; readonly url: Secret }
  | { readonly kind: "embedded"; readonly directory: string };

/** The whole configuration. Secrets in it do not print. */
export type Env = Readonly<ReturnType<typeof readEnv>>;

/** The environment is invalid. Each sentence names one variable. */
export class EnvError extends Error {
  override readonly name = "EnvError";

  constructor(readonly sentences: readonly string[]) {
    super(sentences.join("\n"));
  }
}

let parsed: Env | undefined;

/** Returns the configuration, parsed once. Throws an EnvError that names all problems. */
export function env(): Env {
  if (parsed !== undefined) return parsed;
  const result = parseEnv(process.env);
  if (!result.ok) throw new EnvError(result.failure);
  parsed = result.value;
  return parsed;
}

/** Parses the environment. A failure has one sentence per problem. */
export function parseEnv(source: Variables): Result<Env, string[]> {
  const reader = new VariableReader(withoutBlanks(source));
  const parsed = readEnv(reader);
  return reader.problems.length > 0 ? failure(reader.problems) : success(parsed);
}

// `NAME=` in an .env file means "not set".
function withoutBlanks(source: Variables): Variables {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
}

function readEnv(reader: VariableReader) {
  const env = {
    appUrl: reader.read("APP_URL", origin("https://desk.example.com")),
    authSecret: reader.readSecret("AUTH_SECRET", authSecret),
    chatBudgetPerSecond: reader.read(
      "CHAT_BUDGET_PER_SECOND",
      wholeNumber(1, 100_000).default(200),
    ),
    database: readDatabase(reader),
    port: reader.read("PORT", wholeNumber(0, 65_535).default(3000)),
    hostname: readHostname(reader),
    keepAliveSeconds: reader.read("KEEP_ALIVE_SECONDS", wholeNumber(1, 3600).default(75)),
    localAccounts: reader.read("LOCAL_ACCOUNTS", onOff().default(true)),
    oneTimeCodesRequired: reader.read("ONE_TIME_CODES", codes) === "required",
    /** How long a session lasts without a request, and at most. */
    sessionIdleMinutes: reader.read("SESSION_IDLE_MINUTES", wholeNumber(1, 1440).default(120)),
    sessionHours: reader.read("SESSION_HOURS", wholeNumber(1, 168).default(12)),
    fieldPolicy: reader.read("FIELD_POLICY", policy),
    auditRetentionDays: reader.read("AUDIT_RETENTION_DAYS", wholeNumber(1, 3650).default(365)),
    /** URLs contain short links instead of subscriber IDs. */
    strictAddresses: reader.read("STRICT_ADDRESSES", onOff().default(false)),
    trustedProxies: reader.read("TRUSTED_PROXIES", networks().default([])),
    /** Per person; five times as much per address. */
    lookupsPerMinute: reader.read("LOOKUPS_PER_MINUTE", wholeNumber(1, 100_000).default(300)),
    exportsPerHour: reader.read("EXPORTS_PER_HOUR", wholeNumber(1, 100_000).default(60)),
    refreshMinutes: reader.read("REFRESH_MINUTES", wholeNumber(1, 1440).default(15)),
    /** How long snapshots are kept as readings, then by hour, then by day. */
    snapshotDays: {
      reading: reader.read("SNAPSHOT_DAYS", wholeNumber(1, 3650).default(14)),
      hour: reader.read("SNAPSHOT_HOURLY_DAYS", wholeNumber(1, 3650).default(90)),
      day: reader.read("SNAPSHOT_DAILY_DAYS", wholeNumber(1, 3650).default(1095)),
    },
    /** The first administrator, created if there is none. */
    bootstrapAdmin: readBootstrapAdmin(reader),
    chatApps: readChatApps(reader),
    /** Null without single sign-on. */
    oidc: readOidc(reader),
    /** Null without alerts. */
    alertWebhook: readAlertWebhook(reader),
  };
  const { reading, hour, day } = env.snapshotDays;
  const report = (problem: string) => reader.problems.push(problem);
  if (reading > hour) report(shorterThan("SNAPSHOT_HOURLY_DAYS", "SNAPSHOT_DAYS"));
  if (hour > day) report(shorterThan("SNAPSHOT_DAILY_DAYS", "SNAPSHOT_HOURLY_DAYS"));
  if (!env.localAccounts && env.oidc === null) {
    report("LOCAL_ACCOUNTS is off, but OIDC_ISSUER is not set: nobody could sign in.");
  }
  return env;
}

const SECRET_WORDS = "at least 32 random characters, for example from `openssl rand -base64 48`";

const authSecret = secret(32, SECRET_WORDS).refine(
  (value) => !isPlaceholder(value.reveal()),
  `is a placeholder or too easy to guess: it must be ${SECRET_WORDS}`,
);

const PLACEHOLDER =
  /change.?(me|this|it)|replace.?(me|this|it|with)|(your|my|insert).{0,20}(secret|key)|placeholder|openssl rand|^<.*>$/i;

function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text) || isGuessable(text);
}

const codes = expects("optional or required", z.enum(["optional", "required"])).default("optional");

const POLICY_WORDS = `JSON of rules (${FIELD_RULES.join(", ")}) by role and field, such as {"support":{"customString":"masked"}}`;

const policyChanges = z.partialRecord(
  z.enum(ROLES),
  z.partialRecord(z.enum(FIELDS), z.enum(FIELD_RULES)),
);

const policy = expectsSecret(POLICY_WORDS, json(POLICY_WORDS).pipe(policyChanges))
  .optional()
  .transform(fieldPolicy)
  .refine(
    isAskable,
    "leaves a role without channel fields or without subscription fields: each role must see at least one of each",
  );

function readBootstrapAdmin(reader: VariableReader) {
  const email = reader.read(
    "BOOTSTRAP_ADMIN_EMAIL",
    expects("an email address", z.email()).optional(),
  );
  const password = reader.readSecret(
    "BOOTSTRAP_ADMIN_PASSWORD",
    secret(12, "at least 12 characters").optional(),
  );
  reader.requireBothOrNeither("BOOTSTRAP_ADMIN_EMAIL", "BOOTSTRAP_ADMIN_PASSWORD");
  return email === undefined || password === undefined ? null : { email, password };
}

function readDatabase(reader: VariableReader): DatabaseLocation {
  const url = reader.readSecret(
    "DATABASE_URL",
    expectsSecret(
      "a postgres:// or postgresql:// address, with special characters of the password percent-encoded",
      z
        .string()
        .regex(/^postgres(ql)?:\/\//)
        .refine(URL.canParse),
    ).optional(),
  );
  const directory = reader.read("DATA_DIR", z.string().default(".data"));
  if (url !== undefined) return { kind: "postgres", url: new Secret(url) };
  return { kind: "embedded", directory: resolve(/* turbopackIgnore: true */ directory) };
}

function readHostname(reader: VariableReader): string {
  const address = reader.read("LISTEN_ADDRESS", z.string().optional());
  // Docker, Kubernetes and some shells set HOSTNAME to the machine's name.
  const hostname = reader.read("HOSTNAME", z.string().default(""));
  return address ?? (isIP(hostname) ? hostname : "0.0.0.0");
}

function shorterThan(later: string, sooner: string): string {
  return `${later} is shorter than ${sooner}: it must be as long or longer.`;
}
