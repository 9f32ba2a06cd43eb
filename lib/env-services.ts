import { z } from "zod";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { REGIONS, type Region } from "@/lib/chat-api/hosts";
import {
  bothOrNeither,
  check,
  expects,
  expectsSecret,
  onOff,
  origin,
  parseJson,
  readFileOf,
  secret,
  type Variables,
  wholeNumber,
} from "./env-checks";
import { failure, type Result, success } from "./result";
import { Secret } from "./secret";

/** An app of the API, in a region or at a custom base URL. */
export type ChatApp = {
  readonly slug: string;
  readonly name: string;
  readonly sdkAppId: number;
  readonly adminId: string;
  readonly secretKey: Secret;
  /** The token that signs callbacks. Without it callbacks are refused. */
  readonly callbackToken?: Secret | undefined;
} & (
  | { readonly region: Region; readonly baseUrl?: undefined }
  | { readonly baseUrl: string; readonly region?: undefined }
);

/** The apps of CHAT_APPS or of the file CHAT_APPS_FILE. Exactly one of them is set. */
export function parseChatApps(source: Variables): Result<readonly ChatApp[], string[]> {
  const { CHAT_APPS: inline, CHAT_APPS_FILE: path } = source;
  if (inline !== undefined && path !== undefined) {
    return failure(["CHAT_APPS and CHAT_APPS_FILE are both set: set only one of them."]);
  }
  if (inline !== undefined) return parseApps("CHAT_APPS", inline);
  if (path !== undefined) {
    const file = readFileOf("CHAT_APPS_FILE", path, "a JSON file");
    return file.ok ? parseApps("CHAT_APPS_FILE", file.value) : failure([file.failure]);
  }
  return failure([
    "CHAT_APPS is not set: it must be a JSON array of apps, or CHAT_APPS_FILE the path of a file that holds one.",
  ]);
}

function parseApps(variable: string, text: string): Result<readonly ChatApp[], string[]> {
  const json = parseJson(text);
  if (json !== undefined) return check(chatApps, json, variable);
  return failure([`${variable} is not valid JSON: it must be a JSON array of apps.`]);
}

const appWords = {
  array: expectsSecret("a JSON array of at least one app"),
  app: expectsSecret("an object such as {slug, name, sdkAppId, adminId, secretKey, region}"),
  slug: expects("lower-case letters, digits and single hyphens, such as my-app"),
  name: expects("a name of 1 to 80 characters"),
  sdkAppId: expects("the SDKAppID, a whole number such as 1400000001"),
  adminId: expects("the identifier of an app administrator, such as administrator"),
  callbackToken: expectsSecret("the callback token, of 16 to 128 characters"),
  region: expects(`one of ${REGIONS.join(", ")}`),
};

const app = z
  .strictObject(
    {
      slug: z
        .string(appWords.slug)
        .max(40, appWords.slug)
        .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, appWords.slug),
      name: z.string(appWords.name).trim().min(1, appWords.name).max(80, appWords.name),
      sdkAppId: z.int(appWords.sdkAppId).positive(appWords.sdkAppId),
      adminId: z.string(appWords.adminId).min(1, appWords.adminId),
      secretKey: secret(1, "the app's secret key from the Tencent Cloud console"),
      callbackToken: secret(16, "the callback token, of 16 to 128 characters")
        .refine((token) => token.reveal().length <= 128, appWords.callbackToken)
        .optional(),
      region: z.enum(REGIONS, appWords.region).optional(),
      baseUrl: origin("http://127.0.0.1:4010")
        .transform((url) => url.origin)
        .optional(),
    },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? `has an unknown key, ${issue.keys.join(", ")}: it must be removed or spelled right`
          : appWords.app.error(issue),
    },
  )
  .transform(({ region, baseUrl, ...rest }, context): ChatApp => {
    if (region !== undefined && baseUrl === undefined) return { ...rest, region };
    if (baseUrl !== undefined && region === undefined) return { ...rest, baseUrl };
    context.addIssue(
      `has ${region === undefined ? "neither region nor" : "both region and"} baseUrl: it must have one of the two`,
    );
    return z.NEVER;
  });

const chatApps = z
  .array(app, appWords.array)
  .min(1, appWords.array)
  .superRefine((apps, context) => {
    for (const [index, { slug, callbackToken, sdkAppId }] of apps.entries()) {
      const others = apps.slice(0, index);
      if (others.some((other) => other.slug === slug)) {
        context.addIssue({
          code: "custom",
          path: [index, "slug"],
          message: `is ${JSON.stringify(slug)}, which another app already has: it must be unique`,
        });
      }
      // A callback is signed with the token only, so two apps must not share one.
      const isSame = (other: ChatApp) =>
        other.sdkAppId !== sdkAppId && other.callbackToken?.reveal() === callbackToken?.reveal();
      if (callbackToken !== undefined && others.some(isSame)) {
        context.addIssue({
          code: "custom",
          path: [index, "callbackToken"],
          message: "is the token of another app too: it must be the app's own",
        });
      }
    }
  });

/** The identity provider. */
export type Oidc = Readonly<z.output<typeof oidcVariables>>;

/** The provider of the OIDC_ variables; null when none of them is set. */
export function parseOidc(source: Variables): Result<Oidc | null, string[]> {
  const isSet = (name: string) => name.startsWith("OIDC_") && source[name] !== undefined;
  return Object.keys(source).some(isSet) ? check(oidcVariables, source) : success(null);
}

/** Compared without case. Splitting a blank text returns "". */
const BASE_SCOPES = ["openid", "email", "profile", ""];

const oidcWords = {
  issuer: expectsSecret(
    "the issuer of an OpenID Connect provider, such as https://login.example.com",
  ),
  clientId: expects("the client ID that the provider assigned to Channel Desk"),
  name: expects("a name of at most 60 characters"),
  scopes: expects("scopes separated by spaces, such as groups"),
  roles: expectsSecret(
    `a JSON object of groups and roles (${ROLES.join(", ")}), such as {"desk-admins":"admin"}`,
  ),
};

const roleMap = z
  .record(z.string().min(1), z.enum(ROLES, oidcWords.roles), oidcWords.roles)
  .refine((roles) => Object.keys(roles).length > 0, oidcWords.roles);

const oidcVariables = z
  .object({
    OIDC_ISSUER: z.string(oidcWords.issuer).refine(isIssuer, oidcWords.issuer),
    OIDC_CLIENT_ID: z.string(oidcWords.clientId),
    OIDC_CLIENT_SECRET: secret(1, "the client secret that the provider assigned to Channel Desk"),
    OIDC_NAME: z.string().trim().max(60, oidcWords.name).default("SSO"),
    OIDC_ROLE_CLAIM: z.string().default("roles"),
    OIDC_ROLES: z
      .string(oidcWords.roles)
      .transform((text, context) => {
        const json = parseJson(text);
        if (json !== undefined) return json;
        const right = 'a JSON object such as {"desk-admins":"admin"}';
        context.addIssue(`is not valid JSON: it must be ${right}`);
        return z.NEVER;
      })
      .pipe(roleMap),
    OIDC_SCOPES: z
      .string()
      .trim()
      // The characters of a scope in RFC 6749.
      .regex(/^[\x21\x23-\x5B\x5D-\x7E ]*$/, oidcWords.scopes)
      .transform((text) =>
        [...new Set(text.split(/ +/))].filter((scope) => !BASE_SCOPES.includes(scope)),
      )
      .default([]),
    OIDC_TRUST_EMAIL: onOff().default(false),
  })
  .transform((variables) => ({
    /** As in the provider's tokens, with or without a trailing slash. */
    issuer: variables.OIDC_ISSUER,
    clientId: variables.OIDC_CLIENT_ID,
    clientSecret: variables.OIDC_CLIENT_SECRET,
    /** The label of its button. */
    name: variables.OIDC_NAME,
    /** The claim with a person's groups: a name, or a path such as realm_access.roles. */
    roleClaim: variables.OIDC_ROLE_CLAIM,
    /** The role of each group. With several groups the most powerful role wins. */
    roles: new Map<string, Role>(Object.entries(variables.OIDC_ROLES)),
    /** Scopes besides openid, email and profile. */
    scopes: variables.OIDC_SCOPES,
    /** Whether an address counts as verified without email_verified. */
    trustEmail: variables.OIDC_TRUST_EMAIL,
  }));

function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, search, hash, username } = new URL(value);
  return /^https?:$/.test(protocol) && search === "" && hash === "" && username === "";
}

/** The webhook that receives alerts, and the thresholds of alerts. */
export type AlertWebhook = {
  readonly url: Secret;
  /** The key that signs deliveries. */
  readonly secret: Secret;
  /** Days without a message after which a channel is silent. */
  readonly silentDays: number;
  /** Change of subscribers per day, in percent. */
  readonly movePercent: number;
};

const webhookWords = expectsSecret(
  "an https address without a user in it, or an http one of this machine",
);

/** Parses the webhook of the environment. Returns null if none is configured. */
export function parseAlertWebhook(source: Variables): Result<AlertWebhook | null, string[]> {
  return check(webhookVariables, source);
}

const webhookVariables = z
  .object({
    DIGEST_WEBHOOK_URL: z
      .string()
      .refine(isWebhook, webhookWords)
      .transform((text) => new Secret(text))
      .optional(),
    DIGEST_WEBHOOK_SECRET: secret(16, "at least 16 characters").optional(),
    DIGEST_SILENT_DAYS: wholeNumber(1, 3650).default(30),
    DIGEST_MOVE_PERCENT: wholeNumber(1, 1000).default(10),
  })
  .transform((variables, context): AlertWebhook | null => {
    const { DIGEST_WEBHOOK_URL: url, DIGEST_WEBHOOK_SECRET: key } = variables;
    const webhook = bothOrNeither(
      ["DIGEST_WEBHOOK_URL", url],
      ["DIGEST_WEBHOOK_SECRET", key],
      context,
    );
    if (webhook === null) return null;
    const { DIGEST_SILENT_DAYS: silentDays, DIGEST_MOVE_PERCENT: movePercent } = variables;
    return { url: webhook[0], secret: webhook[1], silentDays, movePercent };
  });

/** Returns whether an address can be the webhook. Alerts are confidential, so they are never sent unencrypted. */
function isWebhook(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  // No URL with these is ever fetched.
  if (username !== "" || password !== "") return false;
  const isHere = hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
  return protocol === "https:" || (protocol === "http:" && isHere);
}
