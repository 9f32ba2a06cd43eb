"use server";

import { z } from "zod";
import { addReveals, maskedFields } from "@/lib/auth/fields";
import { chatClient } from "@/lib/chat";
import { FIELDS } from "@/lib/chat-api/types";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guardAction } from "@/lib/http/guard";
import { failure, success } from "@/lib/result";
import { tidyReason } from "@/lib/reveal-terms";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { revealedAt } from "./revealed";

const revealInput = z.strictObject({
  app: z.string(),
  subscriberId: z.string().refine((id) => subscriberIdProblem(id) === null),
  fields: z.tuple([z.enum(FIELDS)], z.enum(FIELDS)).refine(isUnique),
  reason: z.string().transform(tidyReason).pipe(z.string()),
});

export type RevealInput = z.input<typeof revealInput>;

/** Lets this session read masked fields of one subscriber for a while, and writes down why. */
export const reveal = guardAction({
  permission: "lookup",
  limit: "lookup",
  audit: { action: "reveal", changes: true, about: (input) => input },
  input: revealInput,
  async run({ app, subscriberId, fields }, { role, sessionId }) {
    if (!chatClient(app)) return failure("unknownApp");
    const masked = maskedFields(env().fieldPolicy, role);
    if (!fields.every((field) => masked.includes(field))) return failure("notAllowed");
    const now = new Date();
    const about = { app, subscriberId };
    const expiresAt = await addReveals(await database(), sessionId, about, fields, now);
    return success(
      revealedAt(
        now,
        about,
        fields.map((field) => ({ field, expiresAt })),
      ),
    );
  },
});

function isUnique(fields: readonly string[]): boolean {
  return new Set(fields).size === fields.length;
}
