import { z } from "zod";
import type { Oidc } from "@/lib/env-services";
import { failure, type Result, success } from "@/lib/result";
import { normaliseEmail } from "../accounts";
import { ROLES, type Role } from "../permissions";

/** The claims of an ID token, or of UserInfo. */
export type Claims = Readonly<Record<string, unknown>>;

/** A person as the identity provider describes them. */
export type OidcPerson = {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
  readonly emailIsVerified: boolean;
  readonly name: string;
  readonly role: Role;
};

type PersonRefusal = {
  readonly problem: "untrusted" | "noRole" | "tooManyGroups" | "emailMissing";
  /** The person's e-mail address or name, if the provider sent one. */
  readonly account: string | null;
  /** For the log. Names the claim, never its value. */
  readonly reason: string;
};

const LONGEST_NAME = 100;

const identity = z.object({ sub: z.string().min(1).max(255) });

const address = z
  .string()
  .transform(normaliseEmail)
  .pipe(z.email().max(254))
  .nullable()
  .catch(null);

/** Returns whether the ID token lacks a claim that UserInfo may have. */
export function needsUserInfo(claims: Claims, { roleClaim }: Oidc): boolean {
  return [claims.email, claims.email_verified, claimAt(claims, roleClaim)].includes(undefined);
}

/** Returns the claims of the ID token, completed from UserInfo. */
export function mergeClaims(idToken: Claims, userInfo: Claims, { roleClaim }: Oidc): Claims {
  // The address and its verification come from one source. Otherwise one source could vouch for the
  // other.
  const source = idToken.email_verified === undefined && userInfo.email ? userInfo : idToken;
  const { email = userInfo.email, email_verified } = source;
  const groups = claimAt(idToken, roleClaim) ?? claimAt(userInfo, roleClaim);
  return { ...userInfo, ...idToken, email, email_verified, [roleClaim]: groups };
}

/** Reads the claims of an ID token whose signature, issuer and nonce have been checked. */
export function readPerson(claims: Claims, oidc: Oidc): Result<OidcPerson, PersonRefusal> {
  const email = address.parse(claims.email);
  const name = cleanName(claims.name);
  const refuse = (problem: PersonRefusal["problem"], reason: string) =>
    failure({ problem, account: email ?? name, reason });

  const known = identity.safeParse(claims);
  if (!known.success) return refuse("untrusted", 'the claim "sub" is missing or not valid');
  const role = roleOf(claims, oidc);
  if (role === null) return refuse(...roleRefusal(claims, oidc));
  if (email === null) return refuse("emailMissing", 'the claim "email" is missing or no address');
  return success({
    issuer: oidc.issuer,
    subject: known.data.sub,
    email,
    emailIsVerified:
      claims.email_verified === true || (claims.email_verified === undefined && oidc.trustEmail),
    name: name ?? email,
    role,
  });
}

function roleRefusal(
  claims: Claims,
  { roleClaim }: Oidc,
): [problem: "noRole" | "tooManyGroups", reason: string] {
  const claim = JSON.stringify(roleClaim);
  if (claimAt(claims, roleClaim) != null) {
    return ["noRole", `the claim ${claim} holds no group of OIDC_ROLES`];
  }
  if (isOverage(claims, roleClaim)) {
    return [
      "tooManyGroups",
      `the provider left out the claim ${claim}, because the person is in too many groups: let it send only the groups that are assigned to this desk`,
    ];
  }
  return ["noRole", `neither the ID token nor UserInfo has the claim ${claim}`];
}

// Microsoft Entra replaces long lists by _claim_names or hasgroups.
function isOverage(claims: Claims, roleClaim: string): boolean {
  const names = claims._claim_names;
  const isNamed = typeof names === "object" && names !== null && Object.hasOwn(names, roleClaim);
  return isNamed || (roleClaim === "groups" && String(claims.hasgroups) === "true");
}

/**
 * Returns the most powerful role of the groups in the claim, or null. The claim is a list of
 * strings, an object with groups as keys, or one string: a group, or groups separated by commas or
 * spaces.
 */
export function roleOf(claims: Claims, { roleClaim, roles }: Oidc): Role | null {
  const granted = new Set(groupsOf(claimAt(claims, roleClaim)).map((group) => roles.get(group)));
  return ROLES.findLast((role) => granted.has(role)) ?? null;
}

function groupsOf(claim: unknown): string[] {
  if (typeof claim === "string")
    return [claim, ...claim.split(","), ...claim.split(/[\s,]+/)].map((group) => group.trim());
  if (Array.isArray(claim)) return claim.filter((group) => typeof group === "string");
  if (typeof claim !== "object" || claim === null) return [];
  return Object.entries(claim).flatMap(([group, value]) => (value ? [group] : []));
}

// A claim name is an address with dots, or a path into objects such as "realm_access.roles".
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split(".").reduce<unknown>((found, part) => {
    const isObject = typeof found === "object" && found !== null && Object.hasOwn(found, part);
    return isObject ? Reflect.get(found, part) : undefined;
  }, claims);
}

// Invisible characters are removed. They could reorder the text around them or make two names look
// the same.
const UNSEEN = /(?!\u200c|\u200d|\ufe0f)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\s]+/gu;

function cleanName(claim: unknown): string | null {
  if (typeof claim !== "string") return null;
  const name = [...claim.slice(0, 1000).replace(UNSEEN, " ").trim()]
    .slice(0, LONGEST_NAME)
    .join("");
  return /[\p{L}\p{N}]/u.test(name) ? name.trim() : null;
}
