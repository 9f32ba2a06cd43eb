import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ComponentProps } from "react";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FIELDS, type Subscription } from "@/lib/chat-api/types";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import type { ListAnswer } from "../list/list-answer";
import { ChannelDrawer } from "./channel-drawer";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };
const SAMPLE = "@TOA#_test_mill_subscriber_OA";

const SAID = "subscriberCustomString";
const NOT_SAID = FIELDS.filter((field) => field !== SAID);

let emulator: Emulator;
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  opened = await openTestDatabase();
  testRequest.user = sessionUser("product");
  emulator = await startEmulator({ apps: [KEY] });
  vi.stubEnv("APP_URL", "http://127.0.0.1:3000");
  vi.stubEnv("AUTH_SECRET", "a secret of these tests, long enough");
  const app = { slug: "demo", name: "Demo", ...KEY, baseUrl: emulator.url };
  vi.stubEnv("CHAT_APPS", JSON.stringify([app]));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
  await opened.close();
});

type Given = Partial<ComponentProps<typeof ChannelDrawer>> & {
  subscriberId?: string;
  inHand?: Subscription;
  inHandAt?: Date;
};

function listOf(inHand: Subscription, inHandAt: Date | undefined): ListAnswer {
  return {
    state: "page",
    rows: [inHand],
    ...{ offset: 0, total: 1, unreadableRows: 0, known: true, duration: 1 },
    readFrom: inHandAt ?? null,
    readTo: inHandAt ?? null,
  };
}

function open(first: Given = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const { subscriberId = "107867", inHand = { channelId: SAMPLE }, inHandAt, ...start } = first;
  const drawer = (more: Given = {}) => (
    <QueryClientProvider client={queries}>
      <NextIntlClientProvider locale="en" timeZone="UTC" {...{ formats, messages }}>
        <ChannelDrawer
          input={{ app: "demo", subscriberId }}
          answer={listOf(inHand, inHandAt)}
          channelId={SAMPLE}
          readable={NOT_SAID}
          masked={[]}
          rows={[]}
          onOpen={() => undefined}
          {...start}
          {...more}
        />
      </NextIntlClientProvider>
    </QueryClientProvider>
  );
  const { rerender } = render(drawer());
  return (more: Given) => rerender(drawer(more));
}

const value = (label: string) => {
  const term = screen.getByText(label, { selector: "dt" });
  return within(term.parentElement ?? document.body);
};

describe("the drawer of a row", () => {
  it("shows every field, and each moment in four ways", async () => {
    open();
    expect(await screen.findByText("Subscribed since November 22, 2023")).toBeTruthy();
    expect(screen.getByRole("heading", { name: "test_mill_subscriber_OA" })).toBeTruthy();
    expect(value("Subscribers").getByText(/^\d{3},\d{3}$/)).toBeTruthy();
    const since = value("Subscribed since");
    expect(since.getByText("2023-11-22T12:15:51Z")).toBeTruthy();
    expect(since.getByText("1700655351")).toBeTruthy();
    expect(since.getByText("Nov 22, 2023, 12:15:51 UTC")).toBeTruthy();
    expect(since.getByText(/ago$/)).toBeTruthy();
    expect(since.getByRole("button", { name: "Copy Subscribed since, Unix time" })).toBeTruthy();
    expect(screen.getByText("Hidden for your role: Subscriber custom data.")).toBeTruthy();
  });

  it("shows what is in hand at once, and of when it is", async () => {
    const inHand = { channelId: SAMPLE, name: "An earlier name" };
    open({ inHand, inHandAt: new Date("2026-01-01T10:20:30Z") });
    expect(screen.getByRole("heading", { name: "An earlier name" })).toBeTruthy();
    expect(screen.getByText(/Data from the list, as of 10:20:30/)).toBeTruthy();
    await screen.findByText("Subscribed since November 22, 2023");
    expect(screen.queryByText("An earlier name")).toBeNull();
    expect(screen.getByText(/^Updated /)).toBeTruthy();
  });

  it("has a mask where a reason is asked for, and the value once that was given", async () => {
    const show = open({ masked: [SAID] });
    await screen.findByText("Subscribed since November 22, 2023");
    const label = "Reveal Subscriber custom data (masked)";
    const mask = value("Subscriber custom data").getByRole("button", { name: label });
    expect(mask.dataset.reveal).toBe(SAID);
    expect(screen.queryByText(/^Hidden for your role/)).toBeNull();

    testRequest.user = sessionUser("support");
    show({ masked: [SAID], readable: FIELDS });
    expect(await value("Subscriber custom data").findByText("not provided")).toBeTruthy();
    expect(screen.queryByRole("button", { name: label })).toBeNull();
    testRequest.user = sessionUser("product");
  });

  it("shows a failure, and what is in hand beside it", async () => {
    const inHand = { channelId: SAMPLE, name: "Data from the list" };
    open({ subscriberId: "error-131000", inHand, inHandAt: new Date() });
    expect((await screen.findByRole("alert")).textContent).toContain("131000");
    expect(screen.getByRole("heading", { name: "Data from the list" })).toBeTruthy();
  });

  it("reads again whenever it is opened or asked to", async () => {
    open();
    await screen.findByText("Subscribed since November 22, 2023");
    const calls = emulator.calls.length;
    fireEvent.click(screen.getByRole("button", { name: "Refresh" }));
    await vi.waitFor(() => expect(emulator.calls.length).toBe(calls + 2));
    cleanup();
    open();
    await vi.waitFor(() => expect(emulator.calls.length).toBe(calls + 4));
  });

  it("goes to its neighbours by button, where there are any", async () => {
    const calls: unknown[] = [];
    const rows = [{ channelId: SAMPLE }, { channelId: "@TOA#_next" }];
    open({ rows, onOpen: (...row) => calls.push(row) });
    fireEvent.click(screen.getByRole("button", { name: "Next channel" }));
    fireEvent.click(screen.getByRole("button", { name: "Previous channel" }));
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(calls).toEqual([["@TOA#_next", { history: "replace" }], [null]]);
    await screen.findByText("Subscribed since November 22, 2023");
  });

  it("shows JSON on lines of its own with every digit, and as it came on demand", async () => {
    const json = '{"id":12345678901234567890,"a":"x\\u200b\u200b"}';
    const inHand = { channelId: SAMPLE, customString: json };
    open({ subscriberId: "error-131000", inHand, inHandAt: new Date() });
    await screen.findByRole("alert");
    const shown = value("Custom data");
    expect(shown.getByText(/12345678901234567890/).textContent).toBe(
      '{\n  "id": 12345678901234567890,\n  "a": "x\\u200b[U+200B]"\n}',
    );
    fireEvent.click(shown.getByRole("checkbox", { name: "Raw value" }));
    expect(shown.getByText(/12345678901234567890/).textContent).toBe(
      '{"id":12345678901234567890,"a":"x\\u200b[U+200B]"}',
    );
  });

  it("breaks a text where its lines break, and hides nothing in it", async () => {
    const inHand = { channelId: SAMPLE, introduction: "one\r\ntwo\n \n\u202ethree" };
    open({ subscriberId: "error-131000", inHand, inHandAt: new Date() });
    await screen.findByRole("alert");
    expect(value("Introduction").getByText(/^one/).textContent).toBe("one\ntwo\n \n[U+202E]three");
  });
});
