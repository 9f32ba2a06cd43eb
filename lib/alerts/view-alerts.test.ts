import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { fieldPolicy } from "@/lib/auth/permissions";
import { alerts, channels, deliveries, viewAlerts, watches } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { accounts, savedViews } from "@/lib/db/schema";
import { Secret } from "@/lib/secret";
import { bothDatabases } from "@/lib/testing/test-databases";
import { MAX_VIEW_ALERTS } from "@/lib/views/view-query";
import { deliverAlerts } from "./deliver";
import {
  countUnread,
  findViewAlerts,
  listViewAlerts,
  markRead,
  readPersonalAlerts,
  setViewAlert,
} from "./view-alerts";

const ANN = "11111111-1111-4111-8111-111111111111";
const BEN = "22222222-2222-4222-8222-222222222222";
const START = Date.UTC(2026, 10, 24, 12);
const minutes = (count: number) => new Date(START + count * 60_000);
const POLICY = fieldPolicy({});
const going = new AbortController().signal;

describe.each(bothDatabases)("alerts of saved views on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const table of [deliveries, channels, savedViews, accounts]) await db.delete(table);
    await db.insert(accounts).values(
      [ANN, BEN].map((id) => ({
        ...{ id, email: `${id}@demo.test`, name: "A person", role: "product" as const },
      })),
    );
  });

  async function addView(query: string, { isTeam = false, ownerId = ANN } = {}): Promise<string> {
    const [view] = await db
      .insert(savedViews)
      .values({
        ...{ page: "channels" as const, name: "Large", nameKey: query, query },
        ...{ ownerId, isTeam, updatedAt: minutes(0) },
      })
      .returning({ id: savedViews.id });
    return view?.id ?? "";
  }

  async function setCount(channelId: string, subscriberCount: number): Promise<void> {
    await db
      .insert(channels)
      .values({
        ...{ app: "demo", channelId, name: `Name of ${channelId}`, subscriberCount },
        ...{ searchText: "", nameKey: "", firstSeenAt: minutes(0), seenAt: minutes(0) },
      })
      .onConflictDoUpdate({
        target: [channels.app, channels.channelId],
        set: { subscriberCount },
      });
  }

  const turn = (viewId: string, isOn = true, accountId = ANN) =>
    setViewAlert(db, { accountId, viewId, app: "demo", isOn }, POLICY, minutes(0));
  const find = (minute: number) => findViewAlerts(db, POLICY, minutes(minute), going);
  const ann = { id: ANN, role: "product" } as const;
  const entered = async (who: { id: string; role: "product" } = ann) =>
    (await readPersonalAlerts(db, who, POLICY)).list.map(({ channelId }) => channelId);

  it("reports a channel once when it enters, and again only after it has left", async () => {
    await setCount("inside", 2000);
    const view = await addView("view=all&subscriberCount=between:1000..");
    expect(await turn(view)).toEqual({ ok: true, value: null });
    await setCount("outside", 10);
    await find(1);
    expect(await entered()).toEqual([]);
    await setCount("outside", 1000);
    await find(2);
    await find(3);
    expect(await entered()).toEqual(["outside"]);
    await setCount("outside", 999);
    await find(4);
    await setCount("outside", 1001);
    await find(5);
    const { list, unread } = await readPersonalAlerts(db, ann, POLICY);
    expect(unread).toBe(2);
    expect(list).toMatchObject([
      { channelId: "outside", name: "Name of outside", view: "Large", createdAt: minutes(5) },
      { channelId: "outside", isRead: false, more: 0, app: "demo", createdAt: minutes(2) },
    ]);
  });

  it("marks what was read, and leaves what came later", async () => {
    const view = await addView("view=all");
    await turn(view);
    await setCount("a", 1);
    await find(1);
    const [first] = (await readPersonalAlerts(db, ann, POLICY)).list;
    await setCount("b", 1);
    await find(2);
    await markRead(db, BEN, (first?.id ?? 0) + 100, minutes(3));
    expect(await countUnread(db, ANN)).toBe(2);
    await markRead(db, ANN, first?.id ?? 0, minutes(3));
    expect(await countUnread(db, ANN)).toBe(1);
    const { list } = await readPersonalAlerts(db, ann, POLICY);
    expect(list.map(({ channelId, isRead }) => [channelId, isRead])).toEqual([
      ["b", false],
      ["a", true],
    ]);
  });

  it("depends on the watches of the person, also in a view of the team", async () => {
    const view = await addView("view=all&watchedBy=oneOf:me", { isTeam: true });
    await turn(view);
    await turn(view, true, BEN);
    await setCount("watched", 1);
    const [channel] = await db.select({ channelKey: channels.key }).from(channels);
    await db
      .insert(watches)
      .values({ channelKey: channel?.channelKey ?? 0, accountId: BEN, createdAt: minutes(0) });
    await find(1);
    expect(await entered()).toEqual([]);
    expect(await entered({ id: BEN, role: "product" })).toEqual(["watched"]);
  });

  it("tells a person without the permission nothing, and later nothing of that time", async () => {
    const view = await addView("view=all");
    await turn(view);
    const setRole = (role: "support" | "product") =>
      db.update(accounts).set({ role }).where(eq(accounts.id, ANN));
    for (const [index, stop] of [
      () => setRole("support"),
      () =>
        db
          .update(accounts)
          .set({ disabledAt: minutes(0) })
          .where(eq(accounts.id, ANN)),
    ].entries()) {
      await stop();
      await setCount(`meanwhile ${index}`, 1);
      await find(10 * index + 1);
      await db
        .update(accounts)
        .set({ role: "product", disabledAt: null })
        .where(eq(accounts.id, ANN));
      await find(10 * index + 2);
      expect(await entered()).toHaveLength(index);
      await setCount(`later ${index}`, 1);
      await find(10 * index + 3);
      expect((await entered())[0]).toBe(`later ${index}`);
    }
  });

  it("does not depend on a field that the role may not see", async () => {
    const hidden = fieldPolicy({ product: { subscriberCount: "never", name: "never" } });
    const view = await addView("view=all&subscriberCount=between:1000..");
    await turn(view);
    await setCount("large", 2000);
    await findViewAlerts(db, hidden, minutes(1), going);
    // Without the filter, all channels are in the view: a new one enters, whatever its count.
    expect(await entered()).toEqual([]);
    await setCount("small", 1);
    await findViewAlerts(db, hidden, minutes(2), going);
    expect((await readPersonalAlerts(db, ann, hidden)).list).toMatchObject([
      { channelId: "small", name: null },
    ]);
  });

  it("takes the channels of a changed view as they are", async () => {
    const view = await addView("view=all&subscriberCount=between:1000..");
    await turn(view);
    await setCount("small", 1);
    await db.update(savedViews).set({ query: "view=all" }).where(eq(savedViews.id, view));
    await find(1);
    expect(await entered()).toEqual([]);
    await setCount("new", 1);
    // Another order and other columns are the same channels.
    const query = "view=all&sort=name&columns=name&size=20";
    await db.update(savedViews).set({ query }).where(eq(savedViews.id, view));
    await find(2);
    expect(await entered()).toEqual(["new"]);
  });

  it("counts the rest when very many enter at the same time", async () => {
    const view = await addView("view=all");
    await turn(view);
    await db.insert(channels).values(
      Array.from({ length: 150 }, (_, index) => ({
        ...{ app: "demo", channelId: `${index}`, searchText: "", nameKey: "" },
        ...{ firstSeenAt: minutes(0), seenAt: minutes(0) },
      })),
    );
    await find(1);
    const { list, unread } = await readPersonalAlerts(db, ann, POLICY);
    expect(unread).toBe(100);
    expect(list[0]).toMatchObject({ channelId: "99", more: 50 });
    expect(list[1]).toMatchObject({ channelId: "98", more: 0 });
  });

  it("is turned on only for a visible view, and up to a limit", async () => {
    const own = await addView("view=all", { ownerId: BEN });
    expect(await turn(own)).toEqual({ ok: false, failure: "gone" });
    const ids: string[] = [];
    for (let index = 0; index <= MAX_VIEW_ALERTS; index += 1) {
      ids.push(await addView(`view=all&q=${index}`));
    }
    for (const id of ids.slice(0, MAX_VIEW_ALERTS)) expect((await turn(id)).ok).toBe(true);
    const [first = "", last = ""] = [ids[0], ids.at(-1)];
    expect(await turn(last)).toEqual({ ok: false, failure: "tooMany" });
    expect(await turn(first, false)).toEqual({ ok: true, value: null });
    expect(await turn(last)).toEqual({ ok: true, value: null });
    const listed = await listViewAlerts(db, { accountId: ANN, app: "demo" });
    expect(listed.toSorted()).toEqual(ids.slice(1).toSorted());
    expect(await listViewAlerts(db, { accountId: ANN, app: "other" })).toEqual([]);
    await db.delete(savedViews);
    expect(await db.$count(viewAlerts)).toBe(0);
  });

  it("is sent to the webhook once, also after a crash before the delivery", async () => {
    const view = await addView("view=all", { isTeam: true });
    await turn(view);
    await turn(view, true, BEN);
    await setCount("<new>", 1);
    await find(1);
    // The process ended here. The next one finds nothing new, and delivers what is stored.
    await find(2);
    expect(await db.$count(alerts)).toBe(2);
    const bodies: string[] = [];
    const fetch = vi.fn(async (_: unknown, init?: RequestInit) => {
      bodies.push(String(init?.body));
      return new Response("ok");
    });
    const webhook = { url: new Secret("https://example.com/hook"), secret: new Secret("s") };
    const options = { appUrl: new URL("https://desk.example.com"), fetch, signal: going };
    await deliverAlerts(db, webhook, minutes(2), options);
    await deliverAlerts(db, webhook, minutes(3), options);
    expect(bodies.map((body) => JSON.parse(body).text)).toEqual([
      "Alert for a channel\n<https://desk.example.com/channels/view?app=demo&amp;channel=%3Cnew%3E|Name of &lt;new&gt;> entered the view “Large”.",
    ]);
  });

  it("does not send old ones to a webhook that is set up later", async () => {
    const view = await addView("view=all");
    await turn(view);
    await setCount("old", 1);
    await find(1);
    const fetch = vi.fn(async () => new Response("ok"));
    const webhook = { url: new Secret("https://example.com/hook"), secret: new Secret("s") };
    const options = { appUrl: new URL("https://desk.example.com"), fetch, signal: going };
    await deliverAlerts(db, webhook, minutes(24 * 60 + 2), options);
    expect(fetch).not.toHaveBeenCalled();
  });
});
