import "server-only";
import type { Details } from "@/lib/audit/trail";
import { readableFields } from "@/lib/auth/fields";
import { can, type Permission } from "@/lib/auth/permissions";
import { type SessionUser, userOf } from "@/lib/auth/session";
import { database } from "@/lib/db/database";
import type { Failure } from "@/lib/failure";

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

/** Makes an answer of a failure: `{failure}` as JSON, with a status of its own. */
export function failureResponse(reason: Failure): Response {
  const headers = { "cache-control": "no-store" };
  return Response.json({ failure: reason }, { status: STATUS[reason.code] ?? 400, headers });
}

/**
 * Returns whether a person may go on reading an answer that is being sent: the session lasts, the role is
 * the same, and so are the fields that it may read.
 */
export async function mayStillRead(
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

/** Leads the browser from a form that was posted to a page of the desk. */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
