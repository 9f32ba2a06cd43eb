import { z } from "zod";
import { MAX_LIMIT } from "@/lib/chat-api/official-accounts";
import { FIELDS } from "@/lib/chat-api/types";
import { subscriberIdProblem } from "@/lib/subscriber-id";

/** What a browser may ask of a page of a list. */
export const lookupSchema = z.strictObject({
  app: z.string(),
  subscriberId: z.string().refine((id) => subscriberIdProblem(id) === null),
  fields: z.array(z.enum(FIELDS)).max(FIELDS.length),
  offset: z.number().int().nonnegative(),
  size: z.number().int().min(1).max(MAX_LIMIT),
});
