import { z } from "zod";
import type { Oidc } from "@/lib/env-oidc";
import { failure, type Result, success } from "@/lib/result";
import { normaliseEmail } from "./accounts";
import { ROLES, type Role } from "./permissions";

/** Who somebody is by the word of the identity provider. */
export type OidcPerson = {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
  /** Whether the provider has made sure that the address is this person's. */
  readonly emailIsVerified: boolean;
  readonly name: string;
  readonly role: Role;
};

export type PersonRefusal = {
  readonly problem: "untrusted" | "noRole" | "emailMissing";
  /** The person's e-mail address or name, as far as the provider gave one. */
  readonly account: string | null;
};

type Claims = Readonly<Record<string, unknown>>;

const LONGEST_NAME = 100;

const identity = z.object({ sub: z.string().min(1).max(255) });

const address = z
  .string()
  .transform(normaliseEmail)
  .pipe(z.email().max(254))
  .nullable()
  .catch(null);

/** Reads the claims of an ID token whose signature, issuer and nonce have been checked. */
export function readPerson(claims: Claims, oidc: Oidc): Result<OidcPerson, PersonRefusal> {
  const email = address.parse(claims.email);
  const name = cleanName(claims.name);
  const refuse = (problem: PersonRefusal["problem"]) =>
    failure({ problem, account: email ?? name });

  const known = identity.safeParse(claims);
  if (!known.success) return refuse("untrusted");
  const role = roleOf(claims, oidc);
  if (role === null) return refuse("noRole");
  if (email === null) return refuse("emailMissing");
  return success({
    issuer: oidc.issuer,
    subject: known.data.sub,
    email,
    emailIsVerified: claims.email_verified === true,
    name: name ?? email,
    role,
  });
}

/** The role of the groups in the claim, of several the one that may do most; null when there is none. */
export function roleOf(claims: Claims, { roleClaim, roles }: Oidc): Role | null {
  const claim = claimAt(claims, roleClaim);
  const groups = Array.isArray(claim) ? claim : [claim];
  const given = new Set(groups.map((group) => roles.get(group)));
  return ROLES.findLast((role) => given.has(role)) ?? null;
}

// A name may be an address with dots in it, or a path into objects such as "realm_access.roles".
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split(".").reduce<unknown>((found, part) => {
    const isObject = typeof found === "object" && found !== null && Object.hasOwn(found, part);
    return isObject ? Reflect.get(found, part) : undefined;
  }, claims);
}

// What cannot be seen is left out: it could turn the text around it, or make two names look the same.
const UNSEEN = /(?!\u200c|\u200d|\ufe0f)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\s]+/gu;

function cleanName(claim: unknown): string | null {
  if (typeof claim !== "string") return null;
  const name = [...claim.slice(0, 1000).replace(UNSEEN, " ").trim()]
    .slice(0, LONGEST_NAME)
    .join("");
  return /[\p{L}\p{N}]/u.test(name) ? name.trim() : null;
}
