"use server";

import { z } from "zod";
import type { AuditAction } from "@/lib/audit/event";
import { type AccountLink, normaliseEmail } from "@/lib/auth/accounts";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { endAllSessions as endAll, endSessionsOf } from "@/lib/auth/sessions";
import { type Database, database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { RefusalCode } from "@/lib/failure";
import { guardAction } from "@/lib/http/guard";
import { emailOf, type WaysIn, waysInOf } from "@/lib/people/list-people";
import {
  inviteAgain as again,
  changeRole as change,
  disable,
  enable,
  invite,
  resetCodes as removeCodes,
  resetPassword as removePassword,
} from "@/lib/people/people";
import { failure, type Result, success } from "@/lib/result";

/** A link to set a password. It is shown once. */
export type NewLink = { readonly url: string; readonly expiresAt: Date };

const role = z.enum(ROLES);
const oneInput = z.strictObject({ id: z.uuid() });
const roleInput = z.strictObject({ id: z.uuid(), from: role, to: role });
const inviteInput = z.strictObject({
  email: z.string().transform(normaliseEmail).pipe(z.email().max(254)),
  name: z.string().trim().min(1).max(100),
  role,
});

/** Adds a person and returns the link to choose a password. */
export const invitePerson = guardAction({
  permission: "people",
  audit: { action: "people.invite", changes: true, about: ({ email }) => ({ target: email }) },
  input: inviteInput,
  run: async (invitation) =>
    withUrl(await invite(await database(), invitation, waysInOf(env()), new Date())),
});

/** Changes a person's role. */
export const changeRole = onPerson("people.changeRole", roleInput, change);

/** Replaces a lost or expired link. */
export const inviteAgain = onPerson("people.invite", oneInput, async (...given) =>
  withUrl(await again(...given)),
);

/** Removes a person's password and returns a link for a new one. */
export const resetPassword = onPerson("people.resetPassword", oneInput, async (...given) =>
  withUrl(await removePassword(...given)),
);

/** Switches off a person's one-time codes. */
export const resetCodes = onPerson("people.resetCodes", oneInput, removeCodes);

/** Ends a person's sessions. */
export const endSessions = onPerson(
  "people.endSessions",
  oneInput,
  async (desk, { id }, _ways, now) => {
    await endSessionsOf(desk, id, {}, now);
    return success(null);
  },
);

/** Disables an account. */
export const disablePerson = onPerson("people.disable", oneInput, disable);

/** Enables an account. */
export const enablePerson = onPerson("people.enable", oneInput, enable);

/** Ends all sessions except the current one. Returns how many. */
export const endAllSessions = guardAction({
  permission: "people",
  audit: { action: "people.endSessions", changes: true, about: () => ({ target: "*" }) },
  input: z.null(),
  run: async (_, user) =>
    success(await endAll(await database(), { except: user.sessionId }, new Date())),
});

/** Changes that nobody makes to their own account on this page. */
const OF_OTHERS: readonly AuditAction[] = ["people.resetPassword", "people.resetCodes"];

type Change = { readonly id: string; readonly from?: Role; readonly to?: Role };

/** Guards a change of one person. The audit log names the person by email address. */
function onPerson<Input extends Change, Sent, Value>(
  action: AuditAction,
  input: z.ZodType<Input, Sent>,
  work: (
    desk: Database,
    input: Input,
    ways: WaysIn,
    now: Date,
  ) => Promise<Result<Value, RefusalCode>>,
) {
  return guardAction({
    permission: "people",
    audit: { action, changes: true, about: ({ id }) => ({ target: id }) },
    input,
    async run(change, user, note) {
      // People change their own password and codes on the account page.
      if (change.id === user.id && OF_OTHERS.includes(action)) return failure("notAllowed");
      const desk = await database();
      const email = await emailOf(desk, change.id);
      if (email === null) return failure("unknownPerson");
      const reason = change.from && `${change.from} → ${change.to}`;
      note({ target: email, ...(reason && { reason }) });
      return work(desk, change, waysInOf(env()), new Date());
    },
  });
}

/** Returns the URL of a link. The token is in the fragment, which browsers never send, so no log contains it. */
function withUrl<Refusal>(link: Result<AccountLink, Refusal>): Result<NewLink, Refusal> {
  if (!link.ok) return link;
  const { token, expiresAt } = link.value;
  return success({ url: `${env().appUrl.origin}/choose-password#${token}`, expiresAt });
}
