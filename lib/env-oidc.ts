import { z } from "zod";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { check, must, mustUnseen, onOff, secret, type Variables } from "./env-checks";
import { failure, type Result, success } from "./result";
import type { Secret } from "./secret";

/** The identity provider that people sign in with. */
export type Oidc = {
  /** As the provider writes it in its tokens: without a slash at the end only if it has none. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** What the button to it is called. */
  readonly name: string;
  /** Scopes to ask for besides openid, email and profile. */
  readonly scopes: readonly string[];
  /** The claim that holds a person's groups: a name, or a path such as realm_access.roles. */
  readonly roleClaim: string;
  /** The role of each group. Of several the one that may do most. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Whether an address counts as verified when the provider sends no email_verified at all. */
  readonly trustEmail: boolean;
};

/** The provider of the OIDC_ variables; null when none of them is set. */
export function parseOidc(source: Variables): Result<Oidc | null, string[]> {
  const given = Object.keys(source).filter(
    (name) => name.startsWith("OIDC_") && source[name] !== undefined,
  );
  if (given.length === 0) return success(null);
  const parsed = check(variables, source);
  if (!parsed.ok) return parsed;
  const roles = parseRoles(parsed.value.OIDC_ROLES);
  if (!roles.ok) return roles;
  return success({
    issuer: parsed.value.OIDC_ISSUER,
    clientId: parsed.value.OIDC_CLIENT_ID,
    clientSecret: parsed.value.OIDC_CLIENT_SECRET,
    name: parsed.value.OIDC_NAME,
    roleClaim: parsed.value.OIDC_ROLE_CLAIM,
    roles: new Map(Object.entries(roles.value)),
    scopes: parsed.value.OIDC_SCOPES,
    trustEmail: parsed.value.OIDC_TRUST_EMAIL,
  });
}

/** Asked for in any case; "" is what splitting a blank text gives. */
const BASE_SCOPES = ["openid", "email", "profile", ""];

const words = {
  issuer: mustUnseen("the issuer of an OpenID Connect provider, such as https://login.example.com"),
  clientId: must("the client id that the provider gave this desk"),
  name: must("a name of at most 60 characters"),
  scopes: must("scopes with blanks between them, such as groups"),
  roles: mustUnseen(
    `a JSON object of groups and roles (${ROLES.join(", ")}), such as {"desk-admins":"admin"}`,
  ),
};

const variables = z.object({
  OIDC_ISSUER: z.string(words.issuer).refine(isIssuer, words.issuer),
  OIDC_CLIENT_ID: z.string(words.clientId),
  OIDC_CLIENT_SECRET: secret(1, "the client secret that the provider gave this desk"),
  OIDC_NAME: z.string().trim().max(60, words.name).default("SSO"),
  OIDC_ROLE_CLAIM: z.string().default("roles"),
  OIDC_ROLES: z.string(words.roles),
  OIDC_SCOPES: z
    .string()
    .trim()
    // The characters of a scope in RFC 6749.
    .regex(/^[\x21\x23-\x5B\x5D-\x7E ]*$/, words.scopes)
    .transform((text) =>
      [...new Set(text.split(/ +/))].filter((scope) => !BASE_SCOPES.includes(scope)),
    )
    .default([]),
  OIDC_TRUST_EMAIL: onOff().default(false),
});

const roleMap = z
  .record(z.string().min(1), z.enum(ROLES, words.roles), words.roles)
  .refine((roles) => Object.keys(roles).length > 0, words.roles);

function parseRoles(text: string): Result<Record<string, Role>, string[]> {
  try {
    return check(roleMap, JSON.parse(text), "OIDC_ROLES");
  } catch {
    return failure([
      `OIDC_ROLES is not valid JSON: it must be a JSON object such as {"desk-admins":"admin"}.`,
    ]);
  }
}

function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, search, hash, username } = new URL(value);
  return /^https?:$/.test(protocol) && search === "" && hash === "" && username === "";
}
