"use server";

import { z } from "zod";
import type { AuditAction } from "@/lib/audit/event";
import type { SessionUser } from "@/lib/auth/current-user";
import { newLinkTicket } from "@/lib/auth/oidc/attempts";
import { switchCodesOff as switchOff, switchCodesOn as switchOn } from "@/lib/auth/one-time-codes";
import { rememberDevice, rememberOwner } from "@/lib/auth/session-lifecycle";
import { endSessionsOf, endSession as endStored, listSessions } from "@/lib/auth/sessions";
import { type Database, database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { RefusalCode } from "@/lib/failure";
import { guardAction } from "@/lib/http/guard";
import { newCodesSetup, readSetupTicket } from "@/lib/people/codes-setup";
import { changePassword as change, confirmOwner } from "@/lib/people/passwords";
import { failure, type Result, success } from "@/lib/result";

const password = z.string().max(1024);
const code = z.string().min(1).max(100);
const ticket = z.string().max(200);

/** Changes the own password and ends the other sessions. */
export const changePassword = confirmedAction({
  action: "account.setPassword",
  isLocal: true,
  input: z.strictObject({ password, next: password }),
  async run({ next }, user, { desk, now }) {
    const changed = await change(desk, user, next, now);
    if (!changed.ok) return changed;
    await rememberDevice(changed.value, now);
    return success(null);
  },
});

/** Creates a secret for one-time codes. Nothing changes until it is confirmed. */
export const beginCodes = guardAction({
  permission: "account",
  audit: null,
  input: z.null(),
  run: async (_, user) =>
    user.kind === "oidc"
      ? failure("heldByProvider")
      : success(newCodesSetup(user, env().authSecret)),
});

/** Switches one-time codes on, ends the other sessions and returns the recovery codes. */
export const switchCodesOn = confirmedAction({
  action: "account.switchCodesOn",
  isLocal: true,
  // The code is one of the new ones and confirms nothing.
  input: z.strictObject({ ticket, newCode: code, password }),
  async run({ ticket, newCode }, user, { desk, now }) {
    const secret = readSetupTicket(ticket, user, env().authSecret);
    if (secret === null) return failure("invalid");
    const switched = await switchOn(desk, user.id, secret, newCode, now);
    if (!switched.ok) return failure(switched.failure === "wrong" ? "wrongCode" : "codesAreOn");
    await endSessionsOf(desk, user.id, { except: user.sessionId }, now);
    await rememberOwner(user.id, now);
    return switched;
  },
});

/** Switches one-time codes off. */
export const switchCodesOff = confirmedAction({
  action: "account.switchCodesOff",
  isLocal: true,
  input: z.strictObject({ code, password }),
  async run(_, user, { desk, now }) {
    await switchOff(desk, user.id);
    await rememberOwner(user.id, now);
    return success(null);
  },
});

/** Returns a ticket with which this session links its account to the identity provider. */
export const linkAccount = confirmedAction({
  action: "account.link",
  isLocal: true,
  input: z.strictObject({ password }),
  async run(_, user, { now }) {
    if (env().oidc === null) return failure("heldByProvider");
    return success(newLinkTicket(user, env().authSecret, now));
  },
});

/** Ends one of the own sessions, or with `*` all but this one. */
export const endSessions = confirmedAction({
  action: "account.endSessions",
  input: z.strictObject({ target: z.union([z.uuid(), z.literal("*")]), password }),
  async run({ target }, user, { desk, now }) {
    if (target === "*") {
      await endSessionsOf(desk, user.id, { except: user.sessionId }, now);
      return success(null);
    }
    const own = await listSessions(desk, user.id, env().sessionIdleMinutes, now);
    // Ending an ended session is fine, and another person's session must look the same.
    if (own.some((session) => session.id === target)) await endStored(desk, target, now);
    return success(null);
  },
});

type Confirmed<Input, Sent, Value> = {
  readonly action: AuditAction;
  /** Refuses people whom the identity provider signs in. */
  readonly isLocal?: true;
  readonly input: z.ZodType<Input, Sent>;
  readonly run: (
    input: Input,
    user: SessionUser,
    context: { readonly desk: Database; readonly now: Date },
  ) => Promise<Result<Value, RefusalCode>>;
};

type Proof = { readonly password: string; readonly code?: string; readonly target?: string };

/** Guards a change of the own account. Its owner confirms it by the password, and a code if given. */
function confirmedAction<Input extends Proof, Sent, Value>({
  action,
  isLocal,
  input,
  run,
}: Confirmed<Input, Sent, Value>) {
  return guardAction({
    permission: "account",
    audit: { action, changes: true, about: ({ target = null }) => ({ target }) },
    input,
    async run(entered, user) {
      if (isLocal && user.kind === "oidc") return failure("heldByProvider");
      const [desk, now] = [await database(), new Date()];
      const proof = { password: entered.password, code: entered.code ?? null };
      const confirmed = await confirmOwner(user, proof, now);
      return confirmed.ok ? run(entered, user, { desk, now }) : confirmed;
    },
  });
}
