import "server-only";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import { AuditError, requireWritableAudit } from "@/lib/audit/record";
import { AuditTrail } from "@/lib/audit/trail";
import { database } from "@/lib/db/database";
import { type Failure, type RefusalCode, type RefusalValues, refusal } from "@/lib/failure";
import { consume, isWorthARow } from "@/lib/http/rate-limit";
import { logWrongOrigin, type RequestFacts, requestFacts, wrongOrigin } from "@/lib/http/request";
import { storable } from "@/lib/http/storable";
import { logLine } from "@/lib/log";
import { failure, type Result } from "@/lib/result";

const ATTEMPTS_PER_MINUTE = 30;

type Visit<Input, Value> = {
  readonly input: z.ZodType<Input>;
  readonly run: (input: Input, trail: AuditTrail) => Promise<Result<Value, RefusalCode>>;
};

/**
 * Guards requests with the token of a link and without a session: checks origin, rate limit and
 * input, then does the work. Refusals are in the audit log, and so is what `run` ends.
 */
export function guardVisitor<Input, Value>(visit: Visit<Input, Value>) {
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
