import "server-only";
import { z } from "zod";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guard } from "@/lib/http/guard";
import { listPeople, waysInOf } from "@/lib/people/list-people";
import { success } from "@/lib/result";

const query = z.strictObject({
  search: z.string(),
  offset: z.int().nonnegative(),
  size: z.int().positive(),
});

/** Returns one page of the users, for administrators. Recorded in the audit log. */
export const readPeople = guard({
  permission: "people",
  audit: { action: "people.read", about: ({ search }) => ({ target: search || null }) },
  input: query,
  async run(asked, _, note) {
    const { sessionIdleMinutes } = env();
    const page = await listPeople(
      await database(),
      asked,
      waysInOf(env()),
      sessionIdleMinutes,
      new Date(),
    );
    note({ rows: page.people.length });
    return success(page);
  },
});
