"use server";

import { z } from "zod";
import type { Deferred } from "@/lib/call-action";
import { database } from "@/lib/db/database";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/http/guard";
import { LINK_ID } from "@/lib/links/link-address";
import { MAX_LINK_QUERY, readLink, saveLink } from "@/lib/links/links";
import { failure, type Result, success } from "@/lib/result";

const PAGE = "lookup";

const linkInput = z.strictObject({
  id: z.string().regex(LINK_ID),
  query: z.string().max(MAX_LINK_QUERY),
});

const storing = guard({
  permission: "lookup",
  limit: "note",
  audit: null,
  input: linkInput,
  async run(input, user) {
    const link = { page: PAGE, ...input, accountId: user.id } as const;
    const isStored = await saveLink(await database(), link, new Date());
    return isStored ? success(null) : failure("invalid");
  },
});

const opening = guard({
  permission: "lookup",
  limit: "note",
  audit: null,
  input: z.string().max(100),
  run: async (id) => success(await readLink(await database(), { id, page: PAGE }, new Date())),
});

/** Stores what a link stands for, so that others can open it. */
export async function storeLink(
  link: z.input<typeof linkInput>,
): Promise<Deferred<Result<null, Failure>>> {
  return { answer: storing(link) };
}

/** What a link stands for, or null when it is unknown. */
export async function openLink(id: string): Promise<Deferred<Result<string | null, Failure>>> {
  return { answer: opening(id) };
}
