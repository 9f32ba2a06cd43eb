import { CHANNEL_FIELDS, FIELDS, type Field, SUBSCRIPTION_FIELDS } from "@/lib/chat-api/types";

export const ROLES = ["support", "product", "admin"] as const;

export type Role = (typeof ROLES)[number];

export type Permission =
  /** Everybody's own account and preferences. */
  "account" | "lookup" | "export" | "channels" | "bulk" | "audit" | "people" | "status";

const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  support: ["account", "lookup", "bulk"],
  product: ["account", "lookup", "export", "channels", "bulk"],
  admin: ["account", "lookup", "export", "channels", "bulk", "audit", "people", "status"],
};

/** Returns whether a role has a permission. */
export function can(role: Role, permission: Permission): boolean {
  return PERMISSIONS[role].includes(permission);
}

/**
 * `shown`: requested and shown. `masked`: requested only after a reason was given, for one
 * subscriber and a limited time. `never`: never requested from the API.
 */
export const FIELD_RULES = ["shown", "masked", "never"] as const;

export type FieldRule = (typeof FIELD_RULES)[number];

/** The rule of each field for each role. */
export type FieldPolicy = Readonly<Record<Role, Readonly<Record<Field, FieldRule>>>>;

/** The rules that differ from the default policy. */
export type FieldPolicyChanges = Partial<Record<Role, Partial<Record<Field, FieldRule>>>>;

// Only customer support needs what the app says about a subscriber.
const DEFAULT: FieldPolicyChanges = {
  product: { subscriberCustomString: "never" },
  admin: { subscriberCustomString: "masked" },
};

/** Returns the default policy with the configured changes. */
export function fieldPolicy(changes: FieldPolicyChanges = {}): FieldPolicy {
  const rulesOf = (role: Role) =>
    Object.fromEntries(
      FIELDS.map((field) => [field, changes[role]?.[field] ?? DEFAULT[role]?.[field] ?? "shown"]),
    ) as Record<Field, FieldRule>;
  return Object.fromEntries(ROLES.map((role) => [role, rulesOf(role)])) as FieldPolicy;
}

/**
 * Returns whether every role sees a field of channels and one of subscriptions. Requesting no field
 * of a group would return all of them.
 */
export function isAskable(policy: FieldPolicy): boolean {
  return ROLES.every((role) =>
    [CHANNEL_FIELDS, SUBSCRIPTION_FIELDS].every((group) =>
      group.some((field) => policy[role][field] === "shown"),
    ),
  );
}
