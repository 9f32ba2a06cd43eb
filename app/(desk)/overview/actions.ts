"use server";

import { z } from "zod";
import { shownFields } from "@/lib/auth/fields";
import type { Deferred } from "@/lib/call-action";
import { readOverview } from "@/lib/channels/directory/overview";
import { chatAppLabels } from "@/lib/chat";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/http/guard";
import { failure, type Result, success } from "@/lib/result";
import { type OverviewAnswer, shownOverview } from "./overview-answer";

const input = z.strictObject({ app: z.string().min(1).max(100) });

export type OverviewInput = z.input<typeof input>;

/** Days without a message after which a channel is silent. */
const SILENT_DAYS = [7, 30, 90];

const guarded = guard({
  permission: "channels",
  limit: "note",
  audit: null,
  input,
  async run({ app }, user) {
    const apps = chatAppLabels();
    if (!apps.some(({ slug }) => slug === app)) return failure("unknownApp");
    const [opened, now] = [await database(), new Date()];
    const asked = { app, userId: user.id, silentDays: SILENT_DAYS };
    const overview = await readOverview(opened, asked, now);
    const fields = shownFields(env().fieldPolicy, user.role);
    const defaultApp = apps[0]?.slug ?? app;
    return success(await shownOverview(opened, overview, { app, defaultApp, fields, now }));
  },
});

/** Returns the overview of an app from the desk's own database. */
export async function overview(
  given: OverviewInput,
): Promise<Deferred<Result<OverviewAnswer, Failure>>> {
  return { answer: guarded(given) };
}
