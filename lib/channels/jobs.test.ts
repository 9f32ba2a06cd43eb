import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { type Env, parseEnv } from "@/lib/env";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { testDatabases } from "@/lib/testing/test-databases";
import { deskJobs } from "./jobs";

describe("what the desk does again and again", () => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    const [first] = testDatabases;
    if (!first) throw new Error("There is a database.");
    opened = await first.open();
  });
  afterAll(() => opened.close());

  const names = (set: Readonly<Record<string, string>>) =>
    deskJobs(parsed(set), opened.db).map(({ name }) => name);

  test("tells a webhook only where there is one", () => {
    const DIGEST_WEBHOOK_URL = "https://example.com/hook";
    expect(names({ DIGEST_WEBHOOK_URL, DIGEST_WEBHOOK_SECRET: "s".repeat(32) })).toContain(
      "digest",
    );
    expect(names({})).not.toContain("digest");
  });

  test("sees to the embedded database only: a server does so itself", () => {
    expect(names({})).toContain("upkeep");
    expect(names({ DATABASE_URL: "postgres://a:b@127.0.0.1/desk" })).not.toContain("upkeep");
  });
});

function parsed(set: Readonly<Record<string, string>>): Env {
  const env = parseEnv({ ...deskEnvironment("https://desk.example.com"), ...set });
  if (!env.ok) throw new Error(env.failure.join(" "));
  return env.value;
}
