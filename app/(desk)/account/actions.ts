"use server";

import { z } from "zod";
import { newLinkTicket } from "@/lib/auth/oidc/attempts";
import {
  type SwitchedOn,
  switchCodesOff as switchOff,
  switchCodesOn as switchOn,
} from "@/lib/auth/one-time-codes";
import { rememberDevice, rememberOwner } from "@/lib/auth/session-ends";
import { endSessionsOf, endSession as endStored, listSessions } from "@/lib/auth/sessions";
import type { Deferred } from "@/lib/call-action";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/http/guard";
import { type CodesSetup, newCodesSetup, readSetupTicket } from "@/lib/people/codes-setup";
import { changePassword as change, confirmOwner } from "@/lib/people/passwords";
import { failure, type Result, success } from "@/lib/result";

type Answer<Value> = Promise<Deferred<Result<Value, Failure>>>;

const password = z.string().max(1024);
const code = z.string().min(1).max(100);
const changeInput = z.strictObject({ current: password, next: password });
const switchOnInput = z.strictObject({ ticket: z.string().max(200), code, password });
const switchOffInput = z.strictObject({ code, password });
const linkInput = z.strictObject({ password });
const endInput = z.strictObject({ id: z.uuid(), password });
const endOthersInput = z.strictObject({ password });

const passwordChanged = guard({
  permission: "account",
  audit: { action: "account.setPassword", changes: true },
  input: changeInput,
  async run({ current, next }, user) {
    if (user.kind === "oidc") return failure("heldByProvider");
    const now = new Date();
    const confirmed = await confirmOwner(user, { password: current, code: null }, now);
    if (!confirmed.ok) return confirmed;
    const changed = await change(await database(), user, next, now);
    if (!changed.ok) return changed;
    await rememberDevice(changed.value, now);
    return success(null);
  },
});

const codesBegun = guard({
  permission: "account",
  audit: null,
  input: z.null(),
  run: async (_, user) =>
    user.kind === "oidc"
      ? failure("heldByProvider")
      : success(newCodesSetup(user, env().authSecret)),
});

const codesOn = guard({
  permission: "account",
  audit: { action: "account.switchCodesOn", changes: true },
  input: switchOnInput,
  async run({ ticket, code, password }, user) {
    if (user.kind === "oidc") return failure("heldByProvider");
    const secret = readSetupTicket(ticket, user, env().authSecret);
    if (secret === null) return failure("invalid");
    const [desk, now] = [await database(), new Date()];
    const confirmed = await confirmOwner(user, { password, code: null }, now);
    if (!confirmed.ok) return confirmed;
    const switched = await switchOn(desk, user.id, secret, code, now);
    if (!switched.ok) return failure(switched.failure === "wrong" ? "wrongCode" : "codesAreOn");
    await endSessionsOf(desk, user.id, { except: user.sessionId }, now);
    await rememberOwner(user.id, now);
    return switched;
  },
});

const codesOff = guard({
  permission: "account",
  audit: { action: "account.switchCodesOff", changes: true },
  input: switchOffInput,
  async run(proof, user) {
    if (user.kind === "oidc") return failure("heldByProvider");
    const now = new Date();
    const confirmed = await confirmOwner(user, proof, now);
    if (!confirmed.ok) return confirmed;
    await switchOff(await database(), user.id);
    await rememberOwner(user.id, now);
    return success(null);
  },
});

const linkBegun = guard({
  permission: "account",
  audit: { action: "account.link", changes: true },
  input: linkInput,
  async run(proof, user) {
    if (user.kind === "oidc" || env().oidc === null) return failure("heldByProvider");
    const now = new Date();
    const confirmed = await confirmOwner(user, { ...proof, code: null }, now);
    return confirmed.ok ? success(newLinkTicket(user, env().authSecret, now)) : confirmed;
  },
});

const sessionEnded = guard({
  permission: "account",
  audit: { action: "account.endSessions", changes: true, about: ({ id }) => ({ target: id }) },
  input: endInput,
  async run({ id, password }, user) {
    const [desk, now] = [await database(), new Date()];
    const confirmed = await confirmOwner(user, { password, code: null }, now);
    if (!confirmed.ok) return confirmed;
    const own = await listSessions(desk, user.id, env().sessionIdleMinutes, now);
    // Ending an ended session is fine, and another person's session must look the same.
    if (own.some((session) => session.id === id)) await endStored(desk, id, now);
    return success(null);
  },
});

const othersEnded = guard({
  permission: "account",
  audit: { action: "account.endSessions", changes: true, about: () => ({ target: "*" }) },
  input: endOthersInput,
  async run({ password }, user) {
    const now = new Date();
    const confirmed = await confirmOwner(user, { password, code: null }, now);
    if (!confirmed.ok) return confirmed;
    await endSessionsOf(await database(), user.id, { except: user.sessionId }, now);
    return success(null);
  },
});

/** Changes the own password and ends the other sessions. */
export async function changePassword(input: z.infer<typeof changeInput>): Answer<null> {
  return { answer: passwordChanged(input) };
}

/** Creates a secret for one-time codes. Nothing changes until it is confirmed. */
export async function beginCodes(input: null): Answer<CodesSetup> {
  return { answer: codesBegun(input) };
}

/** Switches one-time codes on, ends the other sessions and returns the recovery codes. */
export async function switchCodesOn(input: z.infer<typeof switchOnInput>): Answer<SwitchedOn> {
  return { answer: codesOn(input) };
}

/** Switches one-time codes off. */
export async function switchCodesOff(input: z.infer<typeof switchOffInput>): Answer<null> {
  return { answer: codesOff(input) };
}

/** Returns a ticket with which this session links its account to the identity provider. */
export async function linkAccount(input: z.infer<typeof linkInput>): Answer<string> {
  return { answer: linkBegun(input) };
}

/** Ends one of the own sessions. */
export async function endSession(input: z.infer<typeof endInput>): Answer<null> {
  return { answer: sessionEnded(input) };
}

/** Ends all own sessions but this one. */
export async function endOtherSessions(input: z.infer<typeof endOthersInput>): Answer<null> {
  return { answer: othersEnded(input) };
}
