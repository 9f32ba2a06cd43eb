import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FIELDS } from "@/lib/chat-api/types";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, sessions } from "@/lib/db/schema";
import { REVEAL_MINUTES } from "@/lib/reveal-terms";
import { testDatabases } from "@/lib/testing/test-databases";
import { addReveals, listRevealed, maskedFields, readableFields, shownFields } from "./fields";
import type { Role } from "./permissions";
import { fieldPolicy, isAskable } from "./permissions";

const SAID = "subscriberCustomString";
const OTHERS = FIELDS.filter((field) => field !== SAID);

describe("the default policy", () => {
  const policy = fieldPolicy();

  it("shows support every field", () => {
    expect(shownFields(policy, "support")).toEqual(FIELDS);
    expect(maskedFields(policy, "support")).toEqual([]);
  });

  it("keeps what was said about a subscriber from product managers", () => {
    expect(shownFields(policy, "product")).toEqual(OTHERS);
    expect(maskedFields(policy, "product")).toEqual([]);
  });

  it("gives it to administrators for a reason", () => {
    expect(shownFields(policy, "admin")).toEqual(OTHERS);
    expect(maskedFields(policy, "admin")).toEqual([SAID]);
  });

  it("changes only where a configuration says so", () => {
    const changed = fieldPolicy({ support: { name: "masked" }, admin: { [SAID]: "shown" } });
    expect(maskedFields(changed, "support")).toEqual(["name"]);
    expect(shownFields(changed, "admin")).toEqual(FIELDS);
    expect(shownFields(changed, "product")).toEqual(OTHERS);
  });

  it("leaves every role something to ask for, which a configuration must too", () => {
    expect(isAskable(policy)).toBe(true);
    expect(isAskable(fieldPolicy({ product: { subscribedAt: "masked" } }))).toBe(false);
    const none = Object.fromEntries(FIELDS.slice(0, 9).map((field) => [field, "never" as const]));
    expect(isAskable(fieldPolicy({ support: none }))).toBe(false);
  });
});

describe.each(testDatabases)("what a session may read on $name", ({ open }) => {
  const now = new Date("2026-05-04T10:00:00Z");
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const ann = { app: "demo", subscriberId: "ann" };
  let opened: OpenedDatabase;
  let account: string;
  const addSession = async () => {
    const values = {
      ...{ accountId: account, kind: "password" as const },
      ...{ address: "192.0.2.1", userAgent: "test" },
      ...{ createdAt: now, lastSeenAt: now, endsAt: inMinutes(60) },
    };
    const [session] = await opened.db.insert(sessions).values(values).returning();
    return session?.id ?? "";
  };
  const readable = (sessionId: string, about: typeof ann | null, at = now, role: Role = "admin") =>
    readableFields(opened.db, { role, sessionId }, about, at);

  beforeAll(async () => {
    const app = { slug: "demo", name: "Demo", sdkAppId: 1, adminId: "a", secretKey: "k" };
    vi.stubEnv("APP_URL", "http://127.0.0.1:3000");
    vi.stubEnv("AUTH_SECRET", "a secret of these tests, long enough");
    vi.stubEnv("CHAT_APPS", JSON.stringify([{ ...app, region: "singapore" }]));
    opened = await open();
    const values = { email: "ann@example.com", name: "A", role: "admin" } as const;
    const [added] = await opened.db.insert(accounts).values(values).returning();
    account = added?.id ?? "";
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await opened.close();
  });

  it("has what was revealed, of this subscriber alone, and only there", async () => {
    const session = await addSession();
    const other = await addSession();
    expect(await readable(session, ann)).toEqual(OTHERS);
    await addReveals(opened.db, session, ann, [SAID], now);
    expect(await readable(session, ann)).toEqual(FIELDS);
    expect(await readable(session, null)).toEqual(OTHERS);
    expect(await readable(session, { ...ann, subscriberId: "Ann" })).toEqual(OTHERS);
    expect(await readable(session, { ...ann, app: "other" })).toEqual(OTHERS);
    expect(await readable(other, ann)).toEqual(OTHERS);
  });

  it("has it for a while, which begins again with another reason", async () => {
    const session = await addSession();
    const end = await addReveals(opened.db, session, ann, [SAID], now);
    expect(end).toEqual(inMinutes(REVEAL_MINUTES));
    expect(await readable(session, ann, new Date(end.getTime() - 1))).toEqual(FIELDS);
    expect(await readable(session, ann, end)).toEqual(OTHERS);
    await addReveals(opened.db, session, ann, [SAID], inMinutes(10));
    expect(await readable(session, ann, end)).toEqual(FIELDS);
    expect(await readable(session, ann, inMinutes(10 + REVEAL_MINUTES))).toEqual(OTHERS);
  });

  it("has no field that its role may not reveal, even so", async () => {
    const session = await addSession();
    await addReveals(opened.db, session, ann, [SAID], now);
    expect(await readable(session, ann, now, "product")).toEqual(OTHERS);
    expect(await readable(session, ann, now, "support")).toEqual(FIELDS);
  });

  it("tells until when, in the vendor's order, and ends then", async () => {
    const session = await addSession();
    await addReveals(opened.db, session, ann, [SAID, "name"], now);
    const until = inMinutes(REVEAL_MINUTES);
    expect(await listRevealed(opened.db, session, ann, now)).toEqual([
      { field: "name", expiresAt: until },
      { field: SAID, expiresAt: until },
    ]);
    expect(await listRevealed(opened.db, session, ann, until)).toEqual([]);
  });
});
