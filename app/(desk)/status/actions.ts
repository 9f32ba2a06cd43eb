"use server";

import { z } from "zod";
import { chatClient } from "@/lib/chat";
import { getSubscriptionPage } from "@/lib/chat-api/official-accounts";
import { env } from "@/lib/env";
import { guardAction } from "@/lib/http/guard";
import { failure, success } from "@/lib/result";

/** The result: credentials and channel service work, and the duration of the call. */
export type Connection = { readonly tookMs: number; readonly at: Date };

const appInput = z.strictObject({ app: z.string().max(100) });

/** Makes one call to an app to test the connection. */
export const testConnection = guardAction({
  permission: "status",
  audit: null,
  limit: "lookup",
  input: appInput,
  async run({ app }) {
    const client = chatClient(app);
    const configured = env().chatApps.find(({ slug }) => slug === app);
    if (!client || !configured) return failure("unknownApp");
    const started = performance.now();
    // The smallest query: the channels of the app's own administrator.
    await getSubscriptionPage(
      client,
      { subscriberId: configured.adminId, fields: ["name"], offset: 0, limit: 1 },
      { priority: "interactive" },
    );
    return success({ tookMs: performance.now() - started, at: new Date() });
  },
});
