import { CHANNEL_FIELDS, FIELDS, type Field, SUBSCRIPTION_FIELDS } from "@/lib/chat-api/types";

export const ROLES = ["support", "product", "admin"] as const;

export type Role = (typeof ROLES)[number];

export type Permission =
  /** What everybody has: their own account and preferences. */
  "account" | "lookup" | "export" | "channels" | "bulk" | "audit" | "people" | "status";

const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  support: ["account", "lookup"],
  product: ["account", "lookup", "export", "channels", "bulk"],
  admin: ["account", "lookup", "export", "channels", "bulk", "audit", "people", "status"],
};

/** Whether a person of this role may do this. */
export function can(role: Role, permission: Permission): boolean {
  return PERMISSIONS[role].includes(permission);
}

/**
 * `shown` is asked for and shown. `masked` is asked for only after a reason was given, for one subscriber
 * and for a while. `never` never leaves the vendor.
 */
export const FIELD_RULES = ["shown", "masked", "never"] as const;

export type FieldRule = (typeof FIELD_RULES)[number];

/** What each role may see of each field. */
export type FieldPolicy = Readonly<Record<Role, Readonly<Record<Field, FieldRule>>>>;

/** The rules that differ from those of the default policy. */
export type FieldPolicyChanges = Partial<Record<Role, Partial<Record<Field, FieldRule>>>>;

// What somebody said about one subscriber is for those who talk with that subscriber.
const DEFAULT: FieldPolicyChanges = {
  product: { subscriberCustomString: "never" },
  admin: { subscriberCustomString: "masked" },
};

/** The default policy with what a configuration changes of it. */
export function fieldPolicy(changes: FieldPolicyChanges = {}): FieldPolicy {
  const rulesOf = (role: Role) =>
    Object.fromEntries(
      FIELDS.map((field) => [field, changes[role]?.[field] ?? DEFAULT[role]?.[field] ?? "shown"]),
    ) as Record<Field, FieldRule>;
  return Object.fromEntries(ROLES.map((role) => [role, rulesOf(role)])) as FieldPolicy;
}

/**
 * Whether every role is shown a field of channels and one of subscriptions. The vendor cannot be asked
 * for none of a group: it would give all.
 */
export function isAskable(policy: FieldPolicy): boolean {
  return ROLES.every((role) =>
    [CHANNEL_FIELDS, SUBSCRIPTION_FIELDS].every((group) =>
      group.some((field) => policy[role][field] === "shown"),
    ),
  );
}
