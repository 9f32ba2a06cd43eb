"use server";

import { z } from "zod";
import type { Deferred } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/guard";
import { type Result, success } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";

const questionInput = z.strictObject({
  app: z.string(),
  subscriberId: z.string().refine((id) => subscriberIdProblem(id) === null),
  /** The id or name that is asked about. */
  channel: z.string().min(1).max(500),
});

export type Question = z.input<typeof questionInput>;

const guarded = guard({
  permission: "lookup",
  limit: "lookup",
  audit: {
    action: "membership",
    about: ({ app, subscriberId, channel }) => ({ app, subscriberId, target: channel }),
  },
  input: questionInput,
  run: async () => success(null),
});

/** Writes down who asks whether a subscriber follows a channel. The answer is in the rows that are read. */
export async function recordQuestion(question: Question): Promise<Deferred<Result<null, Failure>>> {
  return { answer: guarded(question) };
}
