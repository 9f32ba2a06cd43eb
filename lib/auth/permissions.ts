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
