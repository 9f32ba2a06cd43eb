import { z } from "zod";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { REGIONS, type Region } from "@/lib/chat-api/hosts";
import {
  expects,
  expectsSecret,
  json,
  onOff,
  origin,
  secret,
  type VariableReader,
  wholeNumber,
} from "./env-checks";
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

/** Reads the apps of CHAT_APPS or of the file CHAT_APPS_FILE. Exactly one of them must be set. */
export function readChatApps(reader: VariableReader): readonly ChatApp[] {
  const words = "a JSON array of apps, or CHAT_APPS_FILE the path of a file that holds one";
  const text = expectsSecret(words, z.string());
  const apps = text.pipe(json("a JSON array of apps")).pipe(chatApps);
  return reader.readOrFile("CHAT_APPS", apps, "a JSON file");
}

const app = z
  .strictObject(
    {
      slug: expects(
        "lower-case letters, digits and single hyphens, such as my-app",
        z
          .string()
          .max(40)
          .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
      ),
      name: expects("a name of 1 to 80 characters", z.string().trim().min(1).max(80)),
      sdkAppId: expects("the SDKAppID, a whole number such as 1400000001", z.int().positive()),
      adminId: expects(
        "the identifier of an app administrator, such as administrator",
        z.string().min(1),
      ),
      secretKey: secret(1, "the app's secret key from the Tencent Cloud console"),
      callbackToken: secret(16, "the callback token, of 16 to 128 characters", 128).optional(),
      region: expects(`one of ${REGIONS.join(", ")}`, z.enum(REGIONS)).optional(),
      baseUrl: origin("http://127.0.0.1:4010")
        .transform((url) => url.origin)
        .optional(),
    },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? `has an unknown key, ${issue.keys.join(", ")}: it must be removed or spelled right`
          : "is not valid: it must be an object such as {slug, name, sdkAppId, adminId, secretKey, region}",
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

const NO_APPS = "is not valid: it must be a JSON array of at least one app";

const chatApps = z
  .array(app, NO_APPS)
  .min(1, NO_APPS)
  .superRefine((apps, context) => {
    for (const [index, { slug, callbackToken, sdkAppId }] of apps.entries()) {
      const others = apps.slice(0, index);
      const refuse = (key: string, message: string) =>
        context.addIssue({ code: "custom", path: [index, key], message });
      if (others.some((other) => other.slug === slug)) {
        refuse(
          "slug",
          `is ${JSON.stringify(slug)}, which another app already has: it must be unique`,
        );
      }
      // A callback is signed with the token only, so two apps must not share one.
      const isSame = (other: ChatApp) =>
        other.sdkAppId !== sdkAppId && other.callbackToken?.reveal() === callbackToken?.reveal();
      if (callbackToken !== undefined && others.some(isSame)) {
        refuse("callbackToken", "is the token of another app too: it must be the app's own");
      }
    }
  });

/** The identity provider. */
export type Oidc = Readonly<NonNullable<ReturnType<typeof readOidc>>>;

/** Compared without case. Splitting a blank text returns "". */
const BASE_SCOPES = ["openid", "email", "profile", ""];

const ROLE_MAP = `a JSON object of groups and roles (${ROLES.join(", ")}), such as {"desk-admins":"admin"}`;
const NO_ROLE_MAP = `is not valid: it must be ${ROLE_MAP}`;

const roleMap = z
  .record(z.string().min(1), z.enum(ROLES, NO_ROLE_MAP), NO_ROLE_MAP)
  .refine((roles) => Object.keys(roles).length > 0, NO_ROLE_MAP);

/** Reads the provider of the OIDC_ variables. Returns null when none of them is set. */
export function readOidc(reader: VariableReader) {
  if (!reader.isAnySet("OIDC_")) return null;
  const issuer = "the issuer of an OpenID Connect provider, such as https://login.example.com";
  const assigned = "that the provider assigned to Channel Desk";
  return {
    /** As in the provider's tokens, with or without a trailing slash. */
    issuer: reader.read("OIDC_ISSUER", expectsSecret(issuer, z.string().refine(isIssuer))),
    clientId: reader.read("OIDC_CLIENT_ID", expects(`the client ID ${assigned}`, z.string())),
    clientSecret: reader.readSecret(
      "OIDC_CLIENT_SECRET",
      secret(1, `the client secret ${assigned}`),
    ),
    /** The label of its button. */
    name: reader.read(
      "OIDC_NAME",
      expects("a name of at most 60 characters", z.string().trim().max(60)).default("SSO"),
    ),
    /** The claim with a person's groups: a name, or a path such as realm_access.roles. */
    roleClaim: reader.read("OIDC_ROLE_CLAIM", z.string().default("roles")),
    /** The role of each group. With several groups the most powerful role wins. */
    roles: reader.read(
      "OIDC_ROLES",
      expectsSecret(ROLE_MAP, z.string())
        .pipe(json('a JSON object such as {"desk-admins":"admin"}'))
        .pipe(roleMap)
        .transform((roles) => new Map<string, Role>(Object.entries(roles))),
    ),
    /** Scopes besides openid, email and profile. */
    scopes: reader.read(
      "OIDC_SCOPES",
      expects(
        "scopes separated by spaces, such as groups",
        // The characters of a scope in RFC 6749.
        z
          .string()
          .trim()
          .regex(/^[\x21\x23-\x5B\x5D-\x7E ]*$/),
      )
        .transform((text) => [...new Set(text.split(/ +/))])
        .transform((scopes) => scopes.filter((scope) => !BASE_SCOPES.includes(scope)))
        .default([]),
    ),
    /** Whether an address counts as verified without email_verified. */
    trustEmail: reader.read("OIDC_TRUST_EMAIL", onOff().default(false)),
  };
}

function isIssuer(value: string): boolean {
  const url = URL.parse(value);
  if (url === null) return false;
  const { protocol, search, hash, username } = url;
  return /^https?:$/.test(protocol) && search === "" && hash === "" && username === "";
}

/** The webhook that receives alerts, and the thresholds of alerts. */
export type AlertWebhook = Readonly<NonNullable<ReturnType<typeof readAlertWebhook>>>;

/** Reads the webhook of alerts. Returns null if none is configured. */
export function readAlertWebhook(reader: VariableReader) {
  const words = "an https address without a user in it, or an http one of this machine";
  const address = z
    .string()
    .refine(isWebhook)
    .transform((text) => new Secret(text));
  const url = reader.readSecret("DIGEST_WEBHOOK_URL", expectsSecret(words, address).optional());
  const key = reader.readSecret(
    "DIGEST_WEBHOOK_SECRET",
    secret(16, "at least 16 characters").optional(),
  );
  const silentDays = reader.read("DIGEST_SILENT_DAYS", wholeNumber(1, 3650).default(30));
  const movePercent = reader.read("DIGEST_MOVE_PERCENT", wholeNumber(1, 1000).default(10));
  reader.requireBothOrNeither("DIGEST_WEBHOOK_URL", "DIGEST_WEBHOOK_SECRET");
  if (url === undefined || key === undefined) return null;
  return {
    url,
    /** The key that signs deliveries. */
    secret: key,
    /** Days without a message after which a channel is silent. */
    silentDays,
    /** Change of subscribers per day, in percent. */
    movePercent,
  };
}

/** Returns whether an address can be the webhook. Alerts are confidential, so they are never sent unencrypted. */
function isWebhook(text: string): boolean {
  const url = URL.parse(text);
  // No URL with a user is ever fetched.
  if (url === null || url.username !== "" || url.password !== "") return false;
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && isHere);
}
