import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { channels, deliveries, notices } from "@/lib/db/channel-schema";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { given, givenStore } from "@/lib/testing/given-request";
import { sessionUser } from "@/lib/testing/session-user";
import { readStatus } from "./read-status";

vi.mock("next/headers", () => import("@/lib/testing/given-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/given-request"));
vi.mock("@/lib/auth/session", () => import("@/lib/testing/given-request"));
vi.mock("@/lib/db/store", () => import("@/lib/testing/given-request"));

let opened: Awaited<ReturnType<typeof givenStore>>;
beforeAll(async () => {
  const policy = { FIELD_POLICY: JSON.stringify({ admin: { name: "never" } }) };
  for (const [name, value] of Object.entries({ ...deskEnvironment("http://a.test"), ...policy })) {
    vi.stubEnv(name, value);
  }
  opened = await givenStore();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});

it("names no channel to a role that may not see names", async () => {
  const { store } = opened;
  const now = new Date();
  const [channel] = await store
    .insert(channels)
    .values({
      ...{ app: "a", channelId: "@TOA#_1", name: "Secret", searchText: "SECRET", nameKey: "" },
      ...{ firstSeenAt: now, seenAt: now },
    })
    .returning({ channelKey: channels.key });
  const [delivery] = await store
    .insert(deliveries)
    .values({ createdAt: now, attempts: 1, deliveredAt: now })
    .returning({ deliveryId: deliveries.id });
  if (!channel || !delivery) throw new Error("They were made.");
  await store.insert(notices).values({
    ...{ ...channel, ...delivery, kind: "gone", occasion: "now", createdAt: now },
    detail: { name: "Secret", goneAt: now.toISOString() },
  });
  given.user = sessionUser("admin");
  const status = await readStatus(null);
  if (!status.ok) throw new Error(status.failure.code);
  expect(status.value.deliveries).toMatchObject([{ told: [{ channelId: "@TOA#_1" }] }]);
  expect(JSON.stringify(status.value)).not.toContain("Secret");
});
