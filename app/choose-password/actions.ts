"use server";

import { z } from "zod";
import { type LinkOwner, linkOwner } from "@/lib/auth/accounts";
import { rememberDevice } from "@/lib/auth/session-lifecycle";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guardVisitor } from "@/lib/http/guard";
import { waysInOf } from "@/lib/people/list-people";
import { choosePassword as choose } from "@/lib/people/passwords";
import { success } from "@/lib/result";

const token = z.string().min(1).max(100);
const chooseInput = z.strictObject({ token, password: z.string().max(1024) });

/** The person who sets a password, and whether it is the first one. */
export type Invited = Pick<LinkOwner, "email" | "name" | "purpose">;

/** Returns the owner of a link without using it. */
export const readLink = guardVisitor({
  action: "account.setPassword",
  input: token,
  async run(link) {
    const owner = await linkOwner(await database(), link, new Date());
    if (!owner.ok) return owner;
    const { email, name, purpose } = owner.value;
    return success<Invited>({ email, name, purpose });
  },
});

/** Sets the password of the link's owner, once. */
export const choosePassword = guardVisitor({
  action: "account.setPassword",
  input: chooseInput,
  async run({ token: link, password }, trail) {
    const [desk, now] = [await database(), new Date()];
    const owner = await linkOwner(desk, link, now);
    if (owner.ok) await trail.begin({ target: owner.value.email });
    const chosen = await choose(desk, link, password, waysInOf(env()), now);
    if (!chosen.ok) return chosen;
    await trail.end({ outcome: "done" });
    await rememberDevice(chosen.value, now);
    return success(null);
  },
});
