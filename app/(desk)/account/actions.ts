"use server";

import { z } from "zod";
import { newLinkTicket } from "@/lib/auth/oidc/attempts";
import { switchCodesOff as switchOff, switchCodesOn as switchOn } from "@/lib/auth/one-time-codes";
import { rememberDevice, rememberOwner } from "@/lib/auth/session-lifecycle";
import { endSessionsOf, endSession as endStored, listSessions } from "@/lib/auth/sessions";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guardAction } from "@/lib/http/guard";
import { newCodesSetup, readSetupTicket } from "@/lib/people/codes-setup";
import { changePassword as change, confirmOwner } from "@/lib/people/passwords";
import { failure, success } from "@/lib/result";

const password = z.string().max(1024);
const code = z.string().min(1).max(100);
const changeInput = z.strictObject({ current: password, next: password });
const switchOnInput = z.strictObject({ ticket: z.string().max(200), code, password });
const switchOffInput = z.strictObject({ code, password });
const linkInput = z.strictObject({ password });
const endInput = z.strictObject({ id: z.uuid(), password });
const endOthersInput = z.strictObject({ password });

/** Changes the own password and ends the other sessions. */
export const changePassword = guardAction({
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
export const switchCodesOn = guardAction({
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

/** Switches one-time codes off. */
export const switchCodesOff = guardAction({
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

/** Returns a ticket with which this session links its account to the identity provider. */
export const linkAccount = guardAction({
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

/** Ends one of the own sessions. */
export const endSession = guardAction({
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

/** Ends all own sessions but this one. */
export const endOtherSessions = guardAction({
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
