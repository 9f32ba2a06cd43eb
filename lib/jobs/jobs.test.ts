import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { type Env, parseEnv } from "@/lib/env";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { testDatabases } from "@/lib/testing/test-databases";
import { deskJobs } from "./jobs";

describe("background jobs", () => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    const [first] = testDatabases;
    if (!first) throw new Error("There is a database.");
    opened = await first.open();
  });
  afterAll(() => opened.close());

  const names = (set: Readonly<Record<string, string>>) =>
    deskJobs(parsed(set), opened.db).map(({ name }) => name);

  test("include alerts, also without a webhook", () => {
    expect(names({})).toContain("alerts");
  });

  test("include a vacuum only for the embedded database", () => {
    expect(names({})).toContain("vacuum");
    expect(names({ DATABASE_URL: "postgres://a:b@127.0.0.1/desk" })).not.toContain("vacuum");
  });

  test("each job has a queue, and a limit that leaves time to stop", async () => {
    const { executeSql } = opened;
    const DIGEST_WEBHOOK_URL = "https://example.com/hook";
    const set = parsed({ DIGEST_WEBHOOK_URL, DIGEST_WEBHOOK_SECRET: "s".repeat(32) });
    const jobs = deskJobs(set, opened.db);
    const { rows } = await executeSql("select name, policy from pgboss.queue order by name");
    expect(rows).toEqual(
      jobs
        .map(({ name }) => ({ name, policy: "stately" }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
    for (const { limitMs } of jobs) expect(limitMs).toBeGreaterThan(60_000);
  });
});

function parsed(set: Readonly<Record<string, string>>): Env {
  const env = parseEnv({ ...deskEnvironment("https://desk.example.com"), ...set });
  if (!env.ok) throw new Error(env.failure.join(" "));
  return env.value;
}
