import "server-only";
import { z } from "zod";
import { database } from "@/lib/db/database";
import { guard } from "@/lib/http/guard";
import { failure, success } from "@/lib/result";
import { appOf, readTrendView } from "./trend-view";
import { readViewParams } from "./view-params";

/** The channel over time that an address means; null when the desk does not know it. */
export const readTrend = guard({
  permission: "channels",
  limit: "note",
  audit: null,
  input: z.instanceof(URLSearchParams).transform(readViewParams),
  async run(params, user) {
    const app = appOf(params);
    if (!app) return failure("unknownApp");
    return success(await readTrendView(await database(), app, params, user, new Date()));
  },
});
