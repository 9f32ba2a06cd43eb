import { sql } from "drizzle-orm";
import { database } from "@/lib/db/database";

export const dynamic = "force-dynamic";

const PATIENCE_MS = 3000;

let checking: Promise<boolean> | undefined;

/** Answers 200 if the database answers, and otherwise 503, after three seconds at most. */
export async function GET(): Promise<Response> {
  // One check at a time for all requests.
  checking ??= isDatabaseUp().finally(() => {
    checking = undefined;
  });
  const isUp = await checking;
  return Response.json(
    { status: isUp ? "ok" : "database unavailable" },
    { status: isUp ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}

async function isDatabaseUp(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const answered = database()
    .then((opened) => opened.execute(sql`select 1`))
    .then(
      () => true,
      () => false,
    );
  const isUp = await Promise.race([answered, tooLate]);
  clearTimeout(timer);
  return isUp;
}
