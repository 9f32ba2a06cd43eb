import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { InspectorDialog } from "./inspector-dialog";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };

let emulator: Emulator;
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  opened = await openTestDatabase();
  testRequest.user = sessionUser("support");
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

function open(subscriberId: string) {
  const input = { app: "demo", subscriberId, fields: ["name" as const], offset: 0, size: 50 };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" timeZone="UTC" {...{ formats, messages }}>
        <InspectorDialog input={input} onClose={() => undefined} />
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
}

const part = (name: string) => screen.getByRole("region", { name }).textContent ?? "";
const attempts = () => within(screen.getByRole("table")).getAllByRole("row").slice(1);

describe("the inspector", () => {
  it("shows the call, its attempt, both texts and the line for a shell", async () => {
    open("107867");
    expect(await screen.findByText(/^This request was sent at \d\d:\d\d:\d\d/)).toBeTruthy();
    expect(part("Endpoint")).toBe(
      `POST ${emulator.url}/v4/official_account_open_http_svc/get_subscribed_official_account_list`,
    );
    expect(attempts()).toHaveLength(1);
    expect(attempts()[0]?.textContent).toMatch(/^1\d\d:\d\d:\d\d\.\d{3}[\d,]+ ms[\d,]+ msOK$/);
    expect(JSON.parse(part("Request body"))).toEqual(emulator.calls.at(-1)?.body);
    expect(JSON.parse(part("Response"))).toMatchObject({ TotalCount: 8 });
    expect(part("curl")).toContain("usersig=$USERSIG");
  });

  it("shows each attempt of a call that failed, and why it did", async () => {
    open("error-20005");
    expect((await screen.findByRole("alert", {}, { timeout: 9000 })).textContent).toContain(
      "20005",
    );
    expect(attempts()).toHaveLength(3);
    for (const row of attempts()) expect(row.textContent).toContain("Rejected, code 20005");
    expect(part("Response")).toContain("20005");
  });

  it("calls again when asked to", async () => {
    open("107867");
    await screen.findByRole("table");
    const calls = emulator.calls.length;
    fireEvent.click(screen.getByRole("button", { name: "Send again" }));
    await vi.waitFor(() => expect(emulator.calls.length).toBe(calls + 1));
  });
});
