"use server";

import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AuditError, AuditTrail, requireWritableAudit } from "@/lib/audit/record";
import { rememberDevice } from "@/lib/auth/session-ends";
import type { Deferred } from "@/lib/call-action";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { type Failure, type RefusalCode, type RefusalValues, refusal } from "@/lib/failure";
import { consume, isWorthARow } from "@/lib/http/rate-limit";
import { logWrongOrigin, type RequestFacts, requestFacts, wrongOrigin } from "@/lib/http/request";
import { storable } from "@/lib/http/storable";
import { logLine } from "@/lib/log";
import { waysInOf } from "@/lib/people/list-people";
import { choosePassword as choose, type LinkOwner, linkOwner } from "@/lib/people/passwords";
import { failure, type Result, success } from "@/lib/result";

const token = z.string().min(1).max(100);
const chooseInput = z.strictObject({ token, password: z.string().max(1024) });

/** The person who sets a password, and whether it is the first one. */
export type Invited = Pick<LinkOwner, "email" | "name" | "purpose">;

type Answer<Value> = Promise<Deferred<Result<Value, Failure>>>;

const linkRead = guardVisitor<string, Invited>({
  input: token,
  async run(linkToken) {
    const owner = await linkOwner(await database(), linkToken, new Date());
    if (!owner.ok) return owner;
    const { email, name, purpose } = owner.value;
    return success({ email, name, purpose });
  },
});

const passwordChosen = guardVisitor<z.infer<typeof chooseInput>, null>({
  input: chooseInput,
  async run({ token, password }, trail) {
    const [desk, now] = [await database(), new Date()];
    const owner = await linkOwner(desk, token, now);
    if (owner.ok) await trail.begin({ target: owner.value.email });
    const chosen = await choose(desk, token, password, waysInOf(env()), now);
    if (!chosen.ok) return chosen;
    await trail.end({ outcome: "done" });
    await rememberDevice(chosen.value, now);
    return success(null);
  },
});

/** Returns the owner of a link without using it. */
export async function readLink(input: string): Answer<Invited> {
  return { answer: linkRead(input) };
}

/** Sets the password of the link's owner, once. */
export async function choosePassword(input: z.infer<typeof chooseInput>): Answer<null> {
  return { answer: passwordChosen(input) };
}

const ATTEMPTS_PER_MINUTE = 30;

type Visit<Input, Value> = {
  readonly input: z.ZodType<Input>;
  readonly run: (input: Input, trail: AuditTrail) => Promise<Result<Value, RefusalCode>>;
};

/**
 * Guards requests with the token of a link and without a session: checks origin, rate limit and
 * input, then does the work. Refusals are in the audit log, and so is what `run` ends.
 */
function guardVisitor<Input, Value>(visit: Visit<Input, Value>) {
  return async (raw: unknown): Promise<Result<Value, Failure>> => {
    const [t, request] = await Promise.all([getTranslations("failures"), requestFacts()]);
    const { requestId } = request;
    try {
      const result = await admit(visit, raw, request);
      if (result.ok) return result;
      const { code, ...values } = result.failure;
      return failure({ ...refusal(code, t, values), requestId });
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      logLine("audit", error.message, { requestId });
      return failure({ ...refusal("notRecorded", t), requestId });
    }
  };
}

type Refused = RefusalValues & { readonly code: RefusalCode };

async function admit<Input, Value>(
  { input, run }: Visit<Input, Value>,
  raw: unknown,
  request: RequestFacts,
): Promise<Result<Value, Refused>> {
  const trail = new AuditTrail("account.setPassword", request, null);
  const now = new Date();
  const refuse = async (refused: Refused) => {
    if (trail.hasBegun || (await isWorthARow(request.address, now))) {
      await trail.end({ outcome: "refused", code: refused.code });
    }
    return failure(refused);
  };
  const wrong = await wrongOrigin();
  if (wrong) {
    logWrongOrigin(wrong, request);
    return refuse({ code: "wrongOrigin", ...wrong });
  }
  const limit = {
    subject: `account-link:address:${request.address}`,
    limit: ATTEMPTS_PER_MINUTE,
    windowSeconds: 60,
  };
  const consumed = await consume(await database(), [limit], now);
  if (!consumed.allowed) return refuse({ code: "tooManyAttempts", seconds: consumed.waitSeconds });
  const parsed = input.safeParse(storable(raw));
  if (!parsed.success) return refuse({ code: "invalid" });
  await requireWritableAudit();
  const result = await run(parsed.data, trail);
  return result.ok ? result : refuse({ code: result.failure });
}
