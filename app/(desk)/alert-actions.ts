"use server";

import { z } from "zod";
import { markRead, readPersonalAlerts } from "@/lib/alerts/view-alerts";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guardAction } from "@/lib/http/guard";
import { success } from "@/lib/result";

const access = { permission: "channels", limit: "note", audit: null } as const;

/** Reads the alerts of the person. */
export const listPersonalAlerts = guardAction({
  ...access,
  input: z.null(),
  run: async (_, user) =>
    success(await readPersonalAlerts(await database(), user, env().fieldPolicy)),
});

/** Marks the alerts up to one as read, and returns all. */
export const markAlertsRead = guardAction({
  ...access,
  input: z.strictObject({ upTo: z.number().int().nonnegative() }),
  async run({ upTo }, user) {
    const db = await database();
    await markRead(db, user.id, upTo, new Date());
    return success(await readPersonalAlerts(db, user, env().fieldPolicy));
  },
});
