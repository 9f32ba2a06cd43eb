import { resolve } from "node:path";
import { z } from "zod";
import { type ChatApp, parseChatApps } from "./env-chat-apps";
import { check, must, mustUnseen, origin, secret, type Variables, wholeNumber } from "./env-checks";
import { failure, type Result, success } from "./result";
import { Secret } from "./secret";

/** Where the store is: a PostgreSQL server, or a directory of this process alone. */
export type StoreLocation =
  | { readonly kind: "postgres"; readonly url: Secret }
  | { readonly kind: "embedded"; readonly directory: string };

/** The whole configuration of a running desk. Secrets in it do not print. */
export type Env = {
  readonly appUrl: URL;
  readonly authSecret: Secret;
  readonly chatApps: readonly ChatApp[];
  readonly chatBudgetPerSecond: number;
  readonly store: StoreLocation;
  readonly bootstrapAdmin: { readonly email: string; readonly password: Secret } | null;
  readonly port: number;
  readonly hostname: string;
};

/** The environment is not one a desk can run in; each sentence names one variable. */
export class EnvError extends Error {
  override readonly name = "EnvError";

  constructor(readonly sentences: readonly string[]) {
    super(sentences.join("\n"));
  }
}

let parsed: Env | undefined;

/** The configuration of this process, parsed once. Throws an EnvError that names all that is wrong. */
export function env(): Env {
  if (parsed !== undefined) return parsed;
  const result = parseEnv(process.env);
  if (!result.ok) throw new EnvError(result.failure);
  parsed = result.value;
  return parsed;
}

/** Reads the environment's contract; a failure is one sentence for each thing that is wrong. */
export function parseEnv(source: Variables): Result<Env, string[]> {
  const given = withoutBlanks(source);
  const desk = check(deskVariables, given);
  const admin = check(bootstrapAdmin, given);
  const apps = parseChatApps(given);
  if (desk.ok && admin.ok && apps.ok) {
    return success({ ...desk.value, bootstrapAdmin: admin.value, chatApps: apps.value });
  }
  return failure([desk, admin, apps].flatMap((part) => (part.ok ? [] : part.failure)));
}

const databaseWords = mustUnseen(
  "a postgres:// or postgresql:// address, with special characters of the password percent-encoded",
);

const deskVariables = z
  .object({
    APP_URL: origin("https://desk.example.com"),
    AUTH_SECRET: secret(32, "at least 32 characters, for example from `openssl rand -base64 48`"),
    CHAT_BUDGET_PER_SECOND: wholeNumber(1, 100_000).default(200),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, databaseWords)
      .refine((value) => URL.canParse(value), databaseWords)
      .optional(),
    DATA_DIR: z.string().default(".data"),
    PORT: wholeNumber(0, 65_535).default(3000),
    HOSTNAME: z.string().default("0.0.0.0"),
  })
  .transform((given) => ({
    appUrl: given.APP_URL,
    authSecret: given.AUTH_SECRET,
    chatBudgetPerSecond: given.CHAT_BUDGET_PER_SECOND,
    store: storeLocation(given.DATABASE_URL, given.DATA_DIR),
    port: given.PORT,
    hostname: given.HOSTNAME,
  }));

const bootstrapAdmin = z
  .object({
    BOOTSTRAP_ADMIN_EMAIL: z.email(must("an e-mail address")).optional(),
    BOOTSTRAP_ADMIN_PASSWORD: secret(12, "at least 12 characters").optional(),
  })
  .transform(({ BOOTSTRAP_ADMIN_EMAIL: email, BOOTSTRAP_ADMIN_PASSWORD: password }, context) => {
    if (email === undefined && password === undefined) return null;
    if (email !== undefined && password !== undefined) return { email, password };
    const [missing, present] =
      email === undefined
        ? ["BOOTSTRAP_ADMIN_EMAIL", "BOOTSTRAP_ADMIN_PASSWORD"]
        : ["BOOTSTRAP_ADMIN_PASSWORD", "BOOTSTRAP_ADMIN_EMAIL"];
    context.addIssue({
      code: "custom",
      path: [missing],
      message: `is not set, but ${present} is: set both or neither`,
    });
    return z.NEVER;
  });

function storeLocation(databaseUrl: string | undefined, dataDir: string): StoreLocation {
  if (databaseUrl !== undefined) return { kind: "postgres", url: new Secret(databaseUrl) };
  return { kind: "embedded", directory: resolve(/* turbopackIgnore: true */ dataDir) };
}

// `NAME=` in an .env file means "not set".
function withoutBlanks(source: Variables): Variables {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
}
