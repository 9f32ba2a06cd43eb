import "server-only";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import { can, type Permission } from "./auth/permissions";
import { currentUser, type User } from "./auth/session";
import { ChatApiError } from "./chat-api/errors";
import { type Failure, refusal, vendorFailure } from "./failure";
import { failure, type Result, success } from "./result";

type Entrance<Input> = {
  readonly permission: Permission;
  readonly input: z.ZodType<Input>;
};

/** What the work itself may refuse. */
type Refusal = "unknownApp";

type Guarded<Input, Value> = Entrance<Input> & {
  /** May throw a ChatApiError, which becomes a failure; anything else thrown is a bug. */
  readonly run: (input: Input, user: User) => Promise<Result<Value, Refusal>>;
};

/**
 * The only way from a browser to the works: session, then role from the store, then permission, then
 * parsing, then the work itself.
 */
export function guard<Input, Value>({ run, ...entrance }: Guarded<Input, Value>) {
  return async (raw: unknown): Promise<Result<Value, Failure>> => {
    const t = await getTranslations("failures");
    const admission = await admit(entrance, raw);
    if (!admission.ok) return failure(refusal(admission.failure, t));
    const { input, user } = admission.value;
    return inWords(() => run(input, user), t);
  };
}

type GuardedRoute<Input> = Entrance<Input> & {
  /** As in `guard`, with the answer to send. What fails while it streams is the stream's to tell. */
  readonly run: (input: Input, user: User, request: Request) => Promise<Result<Response, Refusal>>;
};

const STATUS: Readonly<Record<Failure["code"], number>> = {
  signedOut: 401,
  notAllowed: 403,
  invalid: 400,
  unknownApp: 404,
  vendor: 502,
};

/**
 * The same way for what is streamed or downloaded. A failure is `{failure}` as JSON, with a status of
 * its own. Another site's pages are refused: they could spend the budget, though not read the answer.
 */
export function guardRoute<Input>({ run, ...entrance }: GuardedRoute<Input>) {
  return async (request: Request, raw: unknown): Promise<Response> => {
    const t = await getTranslations("failures");
    const admission = isFromHere(request)
      ? await admit(entrance, raw)
      : failure("notAllowed" as const);
    if (!admission.ok) return failureResponse(refusal(admission.failure, t));
    const { input, user } = admission.value;
    const result = await inWords(() => run(input, user, request), t);
    return result.ok ? result.value : failureResponse(result.failure);
  };
}

async function admit<Input>({ permission, input }: Entrance<Input>, raw: unknown) {
  const user = await currentUser();
  if (!user) return failure("signedOut" as const);
  if (!can(user.role, permission)) return failure("notAllowed" as const);
  const parsed = input.safeParse(raw);
  return parsed.success ? success({ input: parsed.data, user }) : failure("invalid" as const);
}

async function inWords<Value>(
  work: () => Promise<Result<Value, Refusal>>,
  t: Parameters<typeof refusal>[1],
): Promise<Result<Value, Failure>> {
  const started = performance.now();
  try {
    const result = await work();
    return result.ok ? success(result.value) : failure(refusal(result.failure, t));
  } catch (error) {
    if (!(error instanceof ChatApiError)) throw error;
    const seconds = Math.round((performance.now() - started) / 1000);
    return failure(vendorFailure(error, seconds, t));
  }
}

/** Browsers say where a request comes from; `none` is an address typed or opened by the person. */
function isFromHere(request: Request): boolean {
  return ["same-origin", "none", null].includes(request.headers.get("sec-fetch-site"));
}

function failureResponse(reason: Failure): Response {
  const headers = { "cache-control": "no-store" };
  return Response.json({ failure: reason }, { status: STATUS[reason.code], headers });
}
