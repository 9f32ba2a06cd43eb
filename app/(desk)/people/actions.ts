"use server";

import { z } from "zod";
import type { AuditAction } from "@/lib/audit/event";
import type { Details } from "@/lib/audit/record";
import { type AccountLink, normaliseEmail } from "@/lib/auth/accounts";
import { ROLES } from "@/lib/auth/permissions";
import { endAllSessions as endAll, endSessionsOf } from "@/lib/auth/sessions";
import type { Deferred } from "@/lib/call-action";
import { type Database, database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { Failure, RefusalCode } from "@/lib/failure";
import { guard } from "@/lib/http/guard";
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

type Answer<Value> = Promise<Deferred<Result<Value, Failure>>>;

const role = z.enum(ROLES);
const oneInput = z.strictObject({ id: z.uuid() });
const roleInput = z.strictObject({ id: z.uuid(), from: role, to: role });
const inviteInput = z.strictObject({
  email: z.string().transform(normaliseEmail).pipe(z.email().max(254)),
  name: z.string().trim().min(1).max(100),
  role,
});

type OnePerson = z.infer<typeof oneInput>;

const invited = guard({
  permission: "people",
  audit: { action: "people.invite", changes: true, about: ({ email }) => ({ target: email }) },
  input: inviteInput,
  run: async (invitation) =>
    withUrl(await invite(await database(), invitation, waysInOf(env()), new Date())),
});

const roleChanged = onPerson("people.changeRole", roleInput, (person, { desk, ways, note }) => {
  note({ reason: `${person.from} → ${person.to}` });
  return change(desk, person, ways);
});

const invitedAgain = onPerson("people.invite", oneInput, async ({ id }, { desk, ways, now }) =>
  withUrl(await again(desk, id, ways, now)),
);

const passwordReset = onPerson(
  "people.resetPassword",
  oneInput,
  async ({ id }, { desk, ways, now }) => withUrl(await removePassword(desk, id, ways, now)),
);

const codesReset = onPerson("people.resetCodes", oneInput, ({ id }, { desk, ways, now }) =>
  removeCodes(desk, id, ways, now),
);

const sessionsEnded = onPerson("people.endSessions", oneInput, async ({ id }, { desk, now }) => {
  await endSessionsOf(desk, id, {}, now);
  return success(null);
});

const disabled = onPerson("people.disable", oneInput, ({ id }, { desk, ways, now }) =>
  disable(desk, id, ways, now),
);

const enabled = onPerson("people.enable", oneInput, ({ id }, { desk }) => enable(desk, id));

const allSessionsEnded = guard({
  permission: "people",
  audit: { action: "people.endSessions", changes: true, about: () => ({ target: "*" }) },
  input: z.null(),
  run: async (_, user) =>
    success(await endAll(await database(), { except: user.sessionId }, new Date())),
});

/** Adds a person and returns the link to choose a password. */
export async function invitePerson(input: z.input<typeof inviteInput>): Answer<NewLink> {
  return { answer: invited(input) };
}

/** Replaces a lost or expired link. */
export async function inviteAgain(input: OnePerson): Answer<NewLink> {
  return { answer: invitedAgain(input) };
}

/** Changes a person's role. */
export async function changeRole(input: z.infer<typeof roleInput>): Answer<null> {
  return { answer: roleChanged(input) };
}

/** Removes a person's password and returns a link for a new one. */
export async function resetPassword(input: OnePerson): Answer<NewLink> {
  return { answer: passwordReset(input) };
}

/** Switches off a person's one-time codes. */
export async function resetCodes(input: OnePerson): Answer<null> {
  return { answer: codesReset(input) };
}

/** Ends a person's sessions. */
export async function endSessions(input: OnePerson): Answer<null> {
  return { answer: sessionsEnded(input) };
}

/** Disables an account. */
export async function disablePerson(input: OnePerson): Answer<null> {
  return { answer: disabled(input) };
}

/** Enables an account. */
export async function enablePerson(input: OnePerson): Answer<null> {
  return { answer: enabled(input) };
}

/** Ends all sessions except the current one. Returns how many. */
export async function endAllSessions(input: null): Answer<number> {
  return { answer: allSessionsEnded(input) };
}

type ChangeContext = {
  readonly desk: Database;
  readonly ways: WaysIn;
  readonly now: Date;
  readonly note: (details: Partial<Details>) => void;
};

/** Changes that nobody makes to their own account on this page. */
const OF_OTHERS: readonly AuditAction[] = ["people.resetPassword", "people.resetCodes"];

/** Guards a change of one person. The audit log names the person by email address. */
function onPerson<Input extends OnePerson, Value>(
  action: AuditAction,
  input: z.ZodType<Input>,
  work: (input: Input, context: ChangeContext) => Promise<Result<Value, RefusalCode>>,
) {
  return guard<Input, Value>({
    permission: "people",
    audit: { action, changes: true, about: ({ id }) => ({ target: id }) },
    input,
    async run(change, user, note) {
      // People change their own password and codes on the account page.
      if (change.id === user.id && OF_OTHERS.includes(action)) return failure("notAllowed");
      const desk = await database();
      const email = await emailOf(desk, change.id);
      if (email === null) return failure("unknownPerson");
      note({ target: email });
      return work(change, { desk, ways: waysInOf(env()), now: new Date(), note });
    },
  });
}

/** Returns the URL of a link. The token is in the fragment, which browsers never send, so no log contains it. */
function withUrl<Refusal>(link: Result<AccountLink, Refusal>): Result<NewLink, Refusal> {
  if (!link.ok) return link;
  const { token, expiresAt } = link.value;
  return success({ url: `${env().appUrl.origin}/choose-password#${token}`, expiresAt });
}
