import type { SessionUser } from "@/lib/auth/current-user";
import type { Role } from "@/lib/auth/permissions";

const IDS: Readonly<Record<Role, string>> = {
  support: "00000000-0000-4000-8000-000000000001",
  product: "00000000-0000-4000-8000-000000000002",
  admin: "00000000-0000-4000-8000-000000000003",
};

/** A signed-in person of a role, as `currentUser` gives it. */
export function sessionUser(role: Role): SessionUser {
  return {
    id: IDS[role],
    email: `${role}@desk.test`,
    name: `Ann of ${role}`,
    role,
    sessionId: IDS[role].replace("0000-4000", "1111-4000"),
    kind: "password",
    mustSwitchCodesOn: false,
  };
}
