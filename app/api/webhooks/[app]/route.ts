import { takeCallback } from "@/lib/callbacks/callbacks";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { requestFacts } from "@/lib/http/request";
import { LineLimit } from "@/lib/log";

export const dynamic = "force-dynamic";

type RouteContext = { params: Promise<{ app: string }> };

const limit = new LineLimit();

/** Receives callbacks about channels. Authenticated by a signature, not by a session. */
export async function POST(request: Request, { params }: RouteContext): Promise<Response> {
  const [{ app }, from] = await Promise.all([params, requestFacts()]);
  return takeCallback(request, app, {
    ...{ apps: env().chatApps, database, now: new Date(), from, limit },
  });
}
