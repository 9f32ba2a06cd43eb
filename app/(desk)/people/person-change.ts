import type { Role } from "@/lib/auth/permissions";

/** What an administrator can do to somebody who is there, once it is confirmed. */
export type PersonChange =
  | { readonly kind: "changeRole"; readonly to: Role }
  | {
      readonly kind:
        | "inviteAgain"
        | "resetPassword"
        | "resetCodes"
        | "endSessions"
        | "disable"
        | "enable";
    };

/** Those that take something away from somebody at once. */
export function isDangerous({ kind }: PersonChange): boolean {
  return kind !== "enable" && kind !== "inviteAgain";
}
