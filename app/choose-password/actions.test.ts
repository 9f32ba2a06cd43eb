import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { signIn } from "@/lib/auth/sign-in";
import { accounts, auditEvents, rateCounts, signInThrottle } from "@/lib/db/schema";
import { invite } from "@/lib/people/people";
import "@/lib/testing/cheap-password";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { choosePassword, readLink } from "./actions";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

const GOOD = "seven green ferries";
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let token: string;
beforeAll(async () => {
  for (const [name, value] of Object.entries(deskEnvironment("http://desk.test"))) {
    vi.stubEnv(name, value);
  }
  opened = await openTestDatabase();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});
beforeEach(async () => {
  testRequest.headers = new Headers({ "x-forwarded-for": "192.0.2.1" });
  await opened.db.delete(accounts);
  await opened.db.delete(rateCounts);
  await opened.db.delete(signInThrottle);
  testRequest.cookies = new Map();
  const ann = { email: "ann@example.com", name: "Ann", role: "support" } as const;
  const ways = { localAccounts: true, issuer: null };
  const invited = await invite(opened.db, ann, ways, new Date());
  if (!invited.ok) throw new Error(invited.failure);
  token = invited.value.token;
});

const read = async (given: string) => (await readLink(given)).answer;
const choose = async (given: string, password = GOOD) =>
  (await choosePassword({ token: given, password })).answer;
const refused = (code: string) => ({ ok: false, failure: { code } });

const ownDevice = () => testRequest.cookies.get("channel-desk.device");

async function lastEvent() {
  const rows = await opened.db.select().from(auditEvents).orderBy(asc(auditEvents.sequence));
  return rows.at(-1);
}

it("says whose link it is, and sets the password once, as nobody who is signed in", async () => {
  const owner = { email: "ann@example.com", name: "Ann", purpose: "invite" };
  expect(await read(token)).toEqual({ ok: true, value: owner });
  expect(await choose(token)).toEqual({ ok: true, value: null });
  expect(await lastEvent()).toMatchObject({
    ...{ action: "account.setPassword", outcome: "done", target: "ann@example.com" },
    ...{ actorId: null, address: "192.0.2.1" },
  });
  expect(await choose(token)).toMatchObject(refused("linkGone"));
  expect(await lastEvent()).toMatchObject({ outcome: "refused", code: "linkGone", target: null });
  expect(await read(token)).toMatchObject(refused("linkGone"));
  const written = JSON.stringify(await opened.db.select().from(auditEvents));
  expect(written).not.toContain(token);
  expect(written).not.toContain(GOOD);
});

it("lets the owner in while others go on guessing, in the browser that chose the password", async () => {
  const guess = (n: number, at: Date) =>
    signIn(
      opened.db,
      { ...attempt, password: `guess ${n}`, address: `10.0.${n % 250}.1`, device: undefined },
      at,
    );
  const attempt = { email: "ann@example.com", code: null, address: "192.0.2.1" };
  const begin = Date.now();
  let lookedAt = 0;
  for (let second = 0; second < 300; second++) {
    const result = await guess(second, new Date(begin + second * 1000));
    if (!result.ok && result.failure.kind === "credentials") lookedAt++;
    if (second === 150) expect(await choose(token)).toEqual({ ok: true, value: null });
    if (second < 200 || second % 25 > 0) continue;
    const now = new Date(begin + second * 1000 + 500);
    const given = { ...attempt, password: GOOD, device: ownDevice() };
    expect(await signIn(opened.db, given, now)).toMatchObject({ ok: true });
    expect(await signIn(opened.db, { ...given, device: undefined }, now)).toMatchObject({
      failure: { kind: "wait" },
    });
  }
  // Five free, those of the doubling waits, one a minute; and once more, as the link clears the count.
  expect(lookedAt).toBeLessThanOrEqual(2 * (5 + 6) + 300 / 60);
}, 60_000);

it("refuses a password that is not good enough, and says whose it was", async () => {
  expect(await choose(token, "short")).toMatchObject(refused("passwordShort"));
  expect(await lastEvent()).toMatchObject({ code: "passwordShort", target: "ann@example.com" });
  expect(await choose(token)).toMatchObject({ ok: true });
});

it.each([
  ["no token", ""],
  ["a long one", "x".repeat(101)],
  ["what is no text", { $ne: null }],
])("refuses %s unread", async (_, given) => {
  expect(await read(given as string)).toMatchObject(refused("invalid"));
  expect(await choose(given as string)).toMatchObject(refused("invalid"));
});

it("refuses another site’s page", async () => {
  testRequest.headers = new Headers({ origin: "https://evil.example", host: "desk.test" });
  expect(await choose(token)).toMatchObject(refused("wrongOrigin"));
  testRequest.headers = new Headers({ "sec-fetch-site": "cross-site" });
  expect(await choose(token)).toMatchObject(refused("wrongOrigin"));
  testRequest.headers = new Headers();
  expect(await read(token)).toMatchObject({ ok: true });
});

it("lets an address try so often, and then wait, while others need not", async () => {
  for (let times = 0; times < 30; times++) expect(await read("x")).toMatchObject({ ok: false });
  const answer = await read(token);
  expect(answer).toMatchObject(refused("tooManyAttempts"));
  testRequest.headers = new Headers({ "x-forwarded-for": "192.0.2.2" });
  expect(await read(token)).toMatchObject({ ok: true });
});
