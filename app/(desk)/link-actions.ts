"use server";

import { z } from "zod";
import { database } from "@/lib/db/database";
import { guardAction } from "@/lib/http/guard";
import { LINK_ID } from "@/lib/links/link-address";
import { MAX_LINK_QUERY, readLink, saveLink } from "@/lib/links/links";
import { failure, success } from "@/lib/result";

const PAGE = "lookup";

const linkInput = z.strictObject({
  id: z.string().regex(LINK_ID),
  query: z.string().max(MAX_LINK_QUERY),
});

/** Stores what a link stands for, so that others can open it. */
export const storeLink = guardAction({
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

/** What a link stands for, or null when it is unknown. */
export const openLink = guardAction({
  permission: "lookup",
  limit: "note",
  audit: null,
  input: z.string().max(100),
  run: async (id) => success(await readLink(await database(), { id, page: PAGE }, new Date())),
});
