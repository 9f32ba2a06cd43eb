import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { isGuessable } from "./auth/password-rules";
import { FIELD_RULES, fieldPolicy, isAskable, ROLES } from "./auth/permissions";
import { FIELDS } from "./chat-api/types";
import {
  bothOrNeither,
  check,
  expects,
  expectsSecret,
  networks,
  onOff,
  origin,
  parseJson,
  readSecretFiles,
  secret,
  type Variables,
  wholeNumber,
} from "./env-checks";
import {
  type AlertWebhook,
  type ChatApp,
  type Oidc,
  parseAlertWebhook,
  parseChatApps,
  parseOidc,
} from "./env-services";
import { failure, type Result, success } from "./result";
import { Secret } from "./secret";

/** The location of the database: a PostgreSQL server, or a directory of this process. */
export type DatabaseLocation =
  | { readonly kind: "postgres"; readonly url: Secret }
  | { readonly kind: "embedded"; readonly directory: string };

/** The whole configuration. Secrets in it do not print. */
export type Env = z.output<typeof deskVariables> & {
  /** The first administrator, created if there is none. */
  readonly bootstrapAdmin: z.output<typeof bootstrapAdmin>;
  readonly chatApps: readonly ChatApp[];
  /** Null without single sign-on. */
  readonly oidc: Oidc | null;
  /** Null without alerts. */
  readonly alertWebhook: AlertWebhook | null;
};

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
  const files = readSecretFiles(withoutBlanks(source));
  if (!files.ok) return files;
  const variables = files.value;
  const desk = check(deskVariables, variables);
  const admin = check(bootstrapAdmin, variables);
  const apps = parseChatApps(variables);
  const oidc = parseOidc(variables);
  const alertWebhook = parseAlertWebhook(variables);
  if (desk.ok && admin.ok && apps.ok && oidc.ok && alertWebhook.ok) {
    if (!desk.value.localAccounts && oidc.value === null) {
      return failure(["LOCAL_ACCOUNTS is off, but OIDC_ISSUER is not set: nobody could sign in."]);
    }
    return success({
      ...desk.value,
      bootstrapAdmin: admin.value,
      chatApps: apps.value,
      oidc: oidc.value,
      alertWebhook: alertWebhook.value,
    });
  }
  return failure(
    [desk, admin, apps, oidc, alertWebhook].flatMap((part) => (part.ok ? [] : part.failure)),
  );
}

const policyWords = expectsSecret(
  `JSON of rules (${FIELD_RULES.join(", ")}) by role and field, such as {"support":{"customString":"masked"}}`,
);

const policyChanges = z.partialRecord(
  z.enum(ROLES),
  z.partialRecord(z.enum(FIELDS), z.enum(FIELD_RULES)),
);

const policyVariable = z
  .string()
  .transform((text, context) => {
    const changes = policyChanges.safeParse(parseJson(text));
    if (changes.success) return changes.data;
    context.addIssue(policyWords.error({ input: text }));
    return z.NEVER;
  })
  .optional()
  .transform((changes) => fieldPolicy(changes))
  .refine(
    isAskable,
    "leaves a role without channel fields or without subscription fields: each role must see at least one of each",
  );

const SECRET_WORDS = "at least 32 random characters, for example from `openssl rand -base64 48`";

const PLACEHOLDER =
  /change.?(me|this|it)|replace.?(me|this|it|with)|(your|my|insert).{0,20}(secret|key)|placeholder|openssl rand|^<.*>$/i;

function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text) || isGuessable(text);
}

const databaseWords = expectsSecret(
  "a postgres:// or postgresql:// address, with special characters of the password percent-encoded",
);

const deskVariables = z
  .object({
    APP_URL: origin("https://desk.example.com"),
    AUTH_SECRET: secret(32, SECRET_WORDS).refine(
      (value) => !isPlaceholder(value.reveal()),
      `is a placeholder or too easy to guess: it must be ${SECRET_WORDS}`,
    ),
    CHAT_BUDGET_PER_SECOND: wholeNumber(1, 100_000).default(200),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, databaseWords)
      .refine((value) => URL.canParse(value), databaseWords)
      .optional(),
    DATA_DIR: z.string().default(".data"),
    PORT: wholeNumber(0, 65_535).default(3000),
    LISTEN_ADDRESS: z.string().optional(),
    // Docker, Kubernetes and some shells set it to the machine's name.
    HOSTNAME: z.string().optional(),
    KEEP_ALIVE_SECONDS: wholeNumber(1, 3600).default(75),
    LOCAL_ACCOUNTS: onOff().default(true),
    ONE_TIME_CODES: z
      .enum(["optional", "required"], expects("optional or required"))
      .default("optional"),
    SESSION_IDLE_MINUTES: wholeNumber(1, 1440).default(120),
    SESSION_HOURS: wholeNumber(1, 168).default(12),
    FIELD_POLICY: policyVariable,
    AUDIT_RETENTION_DAYS: wholeNumber(1, 3650).default(365),
    STRICT_ADDRESSES: onOff().default(false),
    TRUSTED_PROXIES: networks().default([]),
    LOOKUPS_PER_MINUTE: wholeNumber(1, 100_000).default(300),
    EXPORTS_PER_HOUR: wholeNumber(1, 100_000).default(60),
    REFRESH_MINUTES: wholeNumber(1, 1440).default(15),
    SNAPSHOT_DAYS: wholeNumber(1, 3650).default(14),
    SNAPSHOT_HOURLY_DAYS: wholeNumber(1, 3650).default(90),
    SNAPSHOT_DAILY_DAYS: wholeNumber(1, 3650).default(1095),
  })
  .transform((variables) => ({
    appUrl: variables.APP_URL,
    authSecret: variables.AUTH_SECRET,
    chatBudgetPerSecond: variables.CHAT_BUDGET_PER_SECOND,
    database: databaseLocation(variables.DATABASE_URL, variables.DATA_DIR),
    port: variables.PORT,
    hostname:
      variables.LISTEN_ADDRESS ??
      (isIP(variables.HOSTNAME ?? "") ? variables.HOSTNAME : undefined) ??
      "0.0.0.0",
    keepAliveSeconds: variables.KEEP_ALIVE_SECONDS,
    localAccounts: variables.LOCAL_ACCOUNTS,
    oneTimeCodesRequired: variables.ONE_TIME_CODES === "required",
    // How long a session lasts without a request, and at most.
    sessionIdleMinutes: variables.SESSION_IDLE_MINUTES,
    sessionHours: variables.SESSION_HOURS,
    fieldPolicy: variables.FIELD_POLICY,
    auditRetentionDays: variables.AUDIT_RETENTION_DAYS,
    // URLs contain short links instead of subscriber IDs.
    strictAddresses: variables.STRICT_ADDRESSES,
    trustedProxies: variables.TRUSTED_PROXIES,
    // Per person; five times as much per address.
    lookupsPerMinute: variables.LOOKUPS_PER_MINUTE,
    exportsPerHour: variables.EXPORTS_PER_HOUR,
    refreshMinutes: variables.REFRESH_MINUTES,
    // How long snapshots are kept as readings, then by hour, then by day.
    snapshotDays: {
      reading: variables.SNAPSHOT_DAYS,
      hour: variables.SNAPSHOT_HOURLY_DAYS,
      day: variables.SNAPSHOT_DAILY_DAYS,
    },
  }))
  .refine(
    ({ snapshotDays: { reading, hour } }) => reading <= hour,
    inOrder("SNAPSHOT_HOURLY_DAYS", "SNAPSHOT_DAYS"),
  )
  .refine(
    ({ snapshotDays: { hour, day } }) => hour <= day,
    inOrder("SNAPSHOT_DAILY_DAYS", "SNAPSHOT_HOURLY_DAYS"),
  );

const bootstrapAdmin = z
  .object({
    BOOTSTRAP_ADMIN_EMAIL: z.email(expects("an email address")).optional(),
    BOOTSTRAP_ADMIN_PASSWORD: secret(12, "at least 12 characters").optional(),
  })
  .transform(({ BOOTSTRAP_ADMIN_EMAIL: email, BOOTSTRAP_ADMIN_PASSWORD: password }, context) => {
    const admin = bothOrNeither(
      ["BOOTSTRAP_ADMIN_EMAIL", email],
      ["BOOTSTRAP_ADMIN_PASSWORD", password],
      context,
    );
    return admin && { email: admin[0], password: admin[1] };
  });

function inOrder(later: string, sooner: string) {
  return { path: [later], message: `is shorter than ${sooner}: it must be as long or longer` };
}

function databaseLocation(databaseUrl: string | undefined, dataDir: string): DatabaseLocation {
  if (databaseUrl !== undefined) return { kind: "postgres", url: new Secret(databaseUrl) };
  return { kind: "embedded", directory: resolve(/* turbopackIgnore: true */ dataDir) };
}

// `NAME=` in an .env file means "not set".
function withoutBlanks(source: Variables): Variables {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
}
