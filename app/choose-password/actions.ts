"use server";

import { z } from "zod";
import { rememberDevice } from "@/lib/auth/session-ends";
import type { Deferred } from "@/lib/call-action";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { waysInOf } from "@/lib/people/list-people";
import { choosePassword as choose, type LinkOwner, linkOwner } from "@/lib/people/passwords";
import { type Result, success } from "@/lib/result";
import { guardVisitor } from "./visitor";

const token = z.string().min(1).max(100);
const chooseInput = z.strictObject({ token, password: z.string().max(1024) });

/** The person who sets a password, and whether it is the first one. */
export type Invited = Pick<LinkOwner, "email" | "name" | "purpose">;

type Answer<Value> = Promise<Deferred<Result<Value, Failure>>>;

const linkRead = guardVisitor<string, Invited>({
  input: token,
  async run(given) {
    const owner = await linkOwner(await database(), given, new Date());
    if (!owner.ok) return owner;
    const { email, name, purpose } = owner.value;
    return success({ email, name, purpose });
  },
});

const passwordChosen = guardVisitor<z.infer<typeof chooseInput>, null>({
  input: chooseInput,
  async run({ token, password }, trail) {
    const [desk, now] = [await database(), new Date()];
    const owner = await linkOwner(desk, token, now);
    if (owner.ok) await trail.begin({ target: owner.value.email });
    const chosen = await choose(desk, token, password, waysInOf(env()), now);
    if (!chosen.ok) return chosen;
    await trail.end({ outcome: "done" });
    await rememberDevice(chosen.value, now);
    return success(null);
  },
});

/** Returns the owner of a link without using it. */
export async function readLink(input: string): Answer<Invited> {
  return { answer: linkRead(input) };
}

/** Sets the password of the link's owner, once. */
export async function choosePassword(input: z.infer<typeof chooseInput>): Answer<null> {
  return { answer: passwordChosen(input) };
}
