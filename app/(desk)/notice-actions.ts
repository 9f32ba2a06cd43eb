"use server";

import { z } from "zod";
import { markRead, type Notices, readNotices } from "@/lib/alerts/view-alerts";
import type { Deferred } from "@/lib/call-action";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/http/guard";
import { type Result, success } from "@/lib/result";

const access = { permission: "channels", limit: "note", audit: null } as const;

const read = guard({
  ...access,
  input: z.null(),
  run: async (_, user) => success(await readNotices(await database(), user, env().fieldPolicy)),
});

const mark = guard({
  ...access,
  input: z.strictObject({ upTo: z.number().int().nonnegative() }),
  async run({ upTo }, user) {
    const db = await database();
    await markRead(db, user.id, upTo, new Date());
    return success(await readNotices(db, user, env().fieldPolicy));
  },
});

type NoticesResult = Result<Notices, Failure>;

/** Reads the alerts of the person. */
export async function listNotices(input: null): Promise<Deferred<NoticesResult>> {
  return { answer: read(input) };
}

/** Marks the alerts up to one as read, and returns all. */
export async function markNoticesRead(input: {
  readonly upTo: number;
}): Promise<Deferred<NoticesResult>> {
  return { answer: mark(input) };
}
