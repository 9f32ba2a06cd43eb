import "server-only";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import type { AuditAction } from "@/lib/audit/event";
import { AuditError, AuditTrail, type Details, requireWritableAudit } from "@/lib/audit/record";
import { currentUser, type SessionUser, userOf } from "@/lib/auth/current-user";
import { readableFields } from "@/lib/auth/fields";
import { can, type Permission } from "@/lib/auth/permissions";
import { isAbortError, watchedBody } from "@/lib/byte-stream";
import type { Deferred } from "@/lib/call-action";
import { ChatApiError } from "@/lib/chat-api/errors";
import { database } from "@/lib/db/database";
import {
  type Failure,
  type RefusalCode,
  type RefusalValues,
  refusal,
  vendorFailure,
} from "@/lib/failure";
import { logLine } from "@/lib/log";
import { failure, type Result, success } from "@/lib/result";
import { isWorthARow, type Limit, takeStream, waitFor, waitPerMinute } from "./rate-limit";
import {
  logWrongOrigin,
  type RequestFacts,
  requestFacts,
  type WrongOrigin,
  wrongOrigin,
  wrongOriginOfPage,
} from "./request";
import { storable } from "./storable";

type Entrance<Input> = {
  readonly permission: Permission;
  readonly input: z.ZodType<Input>;
  /** The rate limit of the person and the address. */
  readonly limit?: Limit;
  /** Null if it shows nothing about a subscriber and changes only the person's own preferences. */
  readonly audit: null | {
    readonly action: AuditAction;
    /** Whether it changes data: then a first row is written before the work, as for routes. */
    readonly changes?: true;
    readonly about?: (input: Input) => Partial<Details>;
  };
};

/** Adds to the audit row what only the work knows: the requested fields, the number of rows. */
type Note = (details: Partial<Details>) => void;

type Guarded<Input, Value> = Entrance<Input> & {
  /** May throw a ChatApiError, which becomes a failure. Any other error is a bug. */
  readonly run: (
    input: Input,
    user: SessionUser,
    note: Note,
  ) => Promise<Result<Value, RefusalCode>>;
};

/**
 * The only entry from a browser: checks origin, session, role from the database, permission, input
 * and rate limit, does the work, and writes the audit row before the answer is sent.
 */
export function guard<Input, Value>({ run, ...entrance }: Guarded<Input, Value>) {
  return (raw: unknown): Promise<Result<Value, Failure>> =>
    inWords(async (call) => {
      const entered = await enter(entrance, raw, call, await wrongOriginOfPage());
      if (!entered.ok) return entered;
      const { input, user } = entered.value;
      if (entrance.audit?.changes) await call.trail?.begin();
      const result = await run(input, user, (details) => call.trail?.note(details));
      if (result.ok) await call.trail?.end({ outcome: "done" });
      return result.ok ? result : refuse(call, { code: result.failure });
    });
}

/** The same for a server action. Its answer is deferred, so that the browser's other actions need not wait. */
export function guardAction<Input, Sent, Value>(
  guarded: Guarded<Input, Value> & { readonly input: z.ZodType<Input, Sent> },
) {
  return deferred<Sent, Value>(guard(guarded));
}

function deferred<Sent, Value>(answer: (raw: unknown) => Promise<Result<Value, Failure>>) {
  return async (input: Sent): Promise<Deferred<Result<Value, Failure>>> => ({
    answer: answer(input),
  });
}

/** Attempts of one address per minute. */
const VISITS_PER_MINUTE = 30;

type GuardedVisitor<Input, Value> = {
  readonly input: z.ZodType<Input>;
  readonly action: AuditAction;
  /** Refusals are recorded, and so is what this ends. */
  readonly run: (input: Input, trail: AuditTrail) => Promise<Result<Value, RefusalCode>>;
};

/** A server action for people without a session, who have the token of a link. */
export function guardVisitor<Input, Sent, Value>({
  input,
  action,
  run,
}: GuardedVisitor<Input, Value> & { readonly input: z.ZodType<Input, Sent> }) {
  return deferred<Sent, Value>((raw) =>
    inWords(async (call) => {
      const trail = new AuditTrail(action, call.request, null);
      call.trail = trail;
      const wrong = await wrongOrigin();
      if (wrong) {
        logWrongOrigin(wrong, call.request);
        return refuse(call, { code: "wrongOrigin", ...wrong });
      }
      const subject = `account-link:address:${call.request.address}`;
      const seconds = await waitPerMinute(subject, VISITS_PER_MINUTE, new Date());
      if (seconds !== null) return refuse(call, { code: "tooManyAttempts", seconds });
      const parsed = input.safeParse(storable(raw));
      if (!parsed.success) return refuse(call, { code: "invalid" });
      await requireWritableAudit();
      const result = await run(parsed.data, trail);
      return result.ok ? result : refuse(call, { code: result.failure });
    }),
  );
}

/** How a streamed answer is recorded. */
export type RouteLog = Pick<AuditTrail, "begin" | "end"> & {
  readonly requestId: string;
  /** Begins another row of the same request, for an answer about several subscribers. */
  readonly part: (action: AuditAction, details: Partial<Details>) => Pick<AuditTrail, "end">;
};

type GuardedRoute<Input> = Entrance<Input> & {
  readonly audit: NonNullable<Entrance<Input>["audit"]>;
  /**
   * As in `guard`, with the answer to send. It awaits `log.begin` before it returns, and `log.end`
   * before the last piece is sent or when the stream is cancelled. The stream itself reports later
   * failures.
   */
  readonly run: (
    input: Input,
    user: SessionUser,
    request: Request,
    log: RouteLog,
  ) => Promise<Result<Response, RefusalCode>>;
};

/** The same for streams and downloads. A failure is `{failure}` as JSON with its own status. */
export function guardRoute<Input>({ run, ...entrance }: GuardedRoute<Input>) {
  return async (request: Request, raw: unknown): Promise<Response> => {
    // HEAD has no body, and the audit would record an answer that was never sent.
    if (request.method === "HEAD") return new Response(null, { status: 405 });
    const result = await inWords<Response>(async (call) => {
      const entered = await enter(entrance, raw, call, await wrongOrigin());
      if (!entered.ok) return entered;
      const { input, user } = entered.value;
      const { trail, request: facts } = call;
      if (!trail) throw new Error("Every route has its audit.");
      const release = takeStream(user.id);
      if (!release) return refuse(call, { code: "tooManyStreams" });
      const log = {
        requestId: facts.requestId,
        begin: trail.begin.bind(trail),
        end: trail.end.bind(trail),
        part: (action: AuditAction, details: Partial<Details>) => {
          const part = new AuditTrail(action, facts, user);
          part.note(details);
          return part;
        },
      };
      let isSent = false;
      try {
        const result = await run(input, user, request, log);
        if (!result.ok) return await refuse(call, { code: result.failure });
        if (!trail.hasBegun) {
          throw new Error("An answer in pieces is written down before it begins.");
        }
        const { body } = result.value;
        if (!body) return result;
        isSent = true;
        const isAllowed = () => mayStillRead(entrance.permission, user, trail.details);
        const watched = watchedBody(body, call.started, { isAllowed, onEnd: release });
        return success(new Response(watched, result.value));
      } finally {
        if (!isSent) release();
      }
    });
    return result.ok ? result.value : failureResponse(result.failure);
  };
}

/** The context of one request. */
type Call = {
  readonly request: RequestFacts;
  readonly started: number;
  /** Null until the person is known, and for requests that are not recorded. */
  trail: AuditTrail | null;
};

type Refused = RefusalValues & { readonly code: RefusalCode };

async function enter<Input>(
  entrance: Entrance<Input>,
  raw: unknown,
  call: Call,
  wrong: WrongOrigin | null,
): Promise<Result<Admitted<Input>, Failure>> {
  const user = wrong ? null : await currentUser();
  const { audit } = entrance;
  call.trail = audit && new AuditTrail(audit.action, call.request, user);
  if (wrong) {
    logWrongOrigin(wrong, call.request);
    return refuse(call, { code: "wrongOrigin", ...wrong });
  }
  const admission = await admit(entrance, raw, user, call.request);
  if (!admission.ok) {
    if (!call.trail) await logRefusal(call.request, admission.failure.code, user);
    return refuse(call, admission.failure);
  }
  call.trail?.note(audit?.about?.(admission.value.input) ?? {});
  if (call.trail) await requireWritableAudit();
  return admission;
}

type Admitted<Input> = { readonly input: Input; readonly user: SessionUser };

async function admit<Input>(
  { permission, input, limit }: Entrance<Input>,
  raw: unknown,
  user: SessionUser | null,
  { address }: RequestFacts,
): Promise<Result<Admitted<Input>, Refused>> {
  if (!user) return failure({ code: "signedOut" });
  if (user.mustSwitchCodesOn && permission !== "account") {
    return failure({ code: "mustSwitchCodesOn" });
  }
  if (!can(user.role, permission)) return failure({ code: "notAllowed" });
  const parsed = input.safeParse(storable(raw));
  if (!parsed.success) return failure({ code: "invalid" });
  const seconds = limit && (await waitFor(limit, { userId: user.id, address }, new Date()));
  return seconds ? failure({ code: "tooMany", seconds }) : success({ input: parsed.data, user });
}

async function refuse(call: Call, refused: Refused): Promise<Result<never, Failure>> {
  const { trail, request } = call;
  // A flood of attempts must not fill the audit log. The rows that exist show the flood.
  if (trail && (trail.hasBegun || (await isWorthARow(request.address, new Date())))) {
    await trail.end({ outcome: "refused", code: refused.code });
  }
  return refusalOf(call, refused);
}

async function refusalOf(
  { request: { requestId } }: Call,
  { code, ...values }: Refused,
): Promise<Result<never, Failure>> {
  return failure({ ...refusal(code, await translate(), values), requestId });
}

// Only failures have words: most requests load no catalogue.
const translate = () => getTranslations("failures");

/** Refusals without an audit row go to the log, at a limited rate. */
async function logRefusal(
  { requestId, address }: RequestFacts,
  code: RefusalCode,
  user: SessionUser | null,
): Promise<void> {
  if (!(await isWorthARow(address, new Date()))) return;
  logLine("guard", "refused", { level: "warning", requestId, code, actorId: user?.id });
}

/** Runs the work of a request and turns expected errors into values. */
async function inWords<Value>(
  work: (call: Call) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  const call: Call = { request: await requestFacts(), started: performance.now(), trail: null };
  try {
    return await work(call).catch((error: unknown) => afterError(error, call));
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    logLine("audit", error.message, { requestId: call.request.requestId });
    return refusalOf(call, { code: "notRecorded" });
  }
}

/** Records an error in the audit log and returns it as a failure. A bug is thrown again. */
async function afterError(error: unknown, call: Call): Promise<Result<never, Failure>> {
  if (error instanceof AuditError) throw error;
  const { requestId } = call.request;
  if (isAbortError(error)) {
    await call.trail?.end({ outcome: "cancelled" });
    // The client has left: nobody reads the answer, and this is no fault.
    return refusalOf(call, { code: "invalid" });
  }
  if (error instanceof ChatApiError) {
    await call.trail?.end({ outcome: "failed", code: String(error.code ?? error.kind) });
    const seconds = Math.round((performance.now() - call.started) / 1000);
    return failure({ ...vendorFailure(error, seconds, await translate()), requestId });
  }
  await call.trail?.end({ outcome: "failed", code: "bug" });
  // Next keeps an existing digest, so the page shows the same request ID as the log.
  if (error instanceof Error) Object.assign(error, { digest: requestId });
  throw error;
}

const STATUS: Readonly<Partial<Record<Failure["code"], number>>> = {
  signedOut: 401,
  notAllowed: 403,
  wrongOrigin: 403,
  mustSwitchCodesOn: 403,
  unknownApp: 404,
  tooMany: 429,
  tooManyStreams: 429,
  notRecorded: 503,
  vendor: 502,
};

/** Returns a failure as `{failure}` in JSON, with its own status. */
function failureResponse(reason: Failure): Response {
  const headers = { "cache-control": "no-store" };
  return Response.json({ failure: reason }, { status: STATUS[reason.code] ?? 400, headers });
}

/**
 * Returns whether a person may continue to read a stream: the session is active, and the role and
 * its readable fields are unchanged.
 */
async function mayStillRead(
  permission: Permission,
  user: SessionUser,
  { app, subscriberId, fields }: Details,
): Promise<boolean> {
  const now = await userOf({ sessionId: user.sessionId, accountId: user.id });
  if (!now || now.role !== user.role || !can(now.role, permission)) return false;
  if (app === null || subscriberId === null || fields === null) return true;
  const readable = await readableFields(await database(), now, { app, subscriberId }, new Date());
  return fields.every((field) => readable.some((name) => name === field));
}

/** Redirects after a form was posted to a page. */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
