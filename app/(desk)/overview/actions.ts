"use server";

import { z } from "zod";
import { shownFields } from "@/lib/auth/fields";
import { readOverview } from "@/lib/channels/directory/overview";
import { chatAppLabel } from "@/lib/chat";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guardAction } from "@/lib/http/guard";
import { failure, success } from "@/lib/result";
import { shownOverview } from "./overview-answer";

const input = z.strictObject({ app: z.string().min(1).max(100) });

/** Days without a message after which a channel is silent. */
const SILENT_DAYS = [7, 30, 90];

/** Returns the overview of an app from the desk's own database. */
export const overview = guardAction({
  permission: "channels",
  limit: "note",
  audit: null,
  input,
  async run({ app }, user) {
    if (chatAppLabel(app) === null) return failure("unknownApp");
    const [opened, now] = [await database(), new Date()];
    const asked = { app, userId: user.id, silentDays: SILENT_DAYS };
    const overview = await readOverview(opened, asked, now);
    const fields = shownFields(env().fieldPolicy, user.role);
    return success(await shownOverview(opened, overview, { app, fields, now }));
  },
});
