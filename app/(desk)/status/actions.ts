"use server";

import { z } from "zod";
import type { Deferred } from "@/lib/call-action";
import { chatClient } from "@/lib/chat";
import { getSubscriptionPage } from "@/lib/chat-api/official-accounts";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/http/guard";
import { failure, type Result, success } from "@/lib/result";

/** That an app's credentials and its service of channels work, and how long one call took. */
export type Connection = { readonly tookMs: number; readonly at: Date };

const appInput = z.strictObject({ app: z.string().max(100) });

const tested = guard({
  permission: "status",
  audit: null,
  limit: "lookup",
  input: appInput,
  async run({ app }) {
    const client = chatClient(app);
    const configured = env().chatApps.find(({ slug }) => slug === app);
    if (!client || !configured) return failure("unknownApp");
    const started = performance.now();
    // The smallest question of the kind that the desk asks: what the app's own administrator follows.
    await getSubscriptionPage(
      client,
      { subscriberId: configured.adminId, fields: ["name"], offset: 0, limit: 1 },
      { priority: "interactive" },
    );
    return success({ tookMs: performance.now() - started, at: new Date() });
  },
});

/** Makes one call to an app, to see whether it answers. */
export async function testConnection(
  input: z.infer<typeof appInput>,
): Promise<Deferred<Result<Connection, Failure>>> {
  return { answer: tested(input) };
}
