import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { useState } from "react";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { FIELDS } from "@/lib/chat-api/types";
import { accounts, reveals, sessions } from "@/lib/db/schema";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { Mask } from "./mask";
import { Reveals } from "./reveals";
import { useAccess } from "./use-access";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

const SAID = "subscriberCustomString";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  const key = { sdkAppId: 1, adminId: "a", secretKey: "k", region: "china" };
  vi.stubEnv("APP_URL", "http://127.0.0.1:3000");
  vi.stubEnv("AUTH_SECRET", "a secret of these tests, long enough");
  vi.stubEnv("CHAT_APPS", JSON.stringify([{ slug: "demo", name: "Demo", ...key }]));
  vi.stubEnv("FIELD_POLICY", JSON.stringify({ admin: { introduction: "masked" } }));
  opened = await openTestDatabase();
  const { id, email, name, role, sessionId, kind } = sessionUser("admin");
  await opened.db.insert(accounts).values({ id, email, name, role });
  const at = new Date();
  const times = { createdAt: at, lastSeenAt: at, endsAt: new Date(at.getTime() + 3_600_000) };
  const device = { address: "192.0.2.1", userAgent: "test" };
  await opened.db
    .insert(sessions)
    .values({ id: sessionId, accountId: id, kind, ...device, ...times });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});
beforeEach(async () => {
  testRequest.user = sessionUser("admin");
  await opened.db.delete(reveals);
});

const masked = [SAID, "introduction"] as const;
const facts = {
  visible: FIELDS.filter((field) => field !== SAID && field !== "introduction"),
  masked,
  revealed: [],
};

/** A room with a mask, and what it would ask for. */
function Room({ subscriberId }: { subscriberId: string }) {
  const [pressed, setPressed] = useState<HTMLElement | null>(null);
  const access = useAccess(facts, "demo", subscriberId);
  return (
    <section>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as a table has it */}
      <div tabIndex={0} data-testid="table">
        {/* biome-ignore lint/a11y: as the room hears it */}
        <div onClick={({ target }) => target instanceof HTMLElement && setPressed(target)}>
          {access.masked.includes(SAID) && <Mask field={SAID} label="mask" />}
        </div>
      </div>
      <p data-testid="readable">
        {access.readable.filter((field) => masked.some((name) => name === field))}
      </p>
      <Reveals
        {...{ subscriberId, access, masked, pressed }}
        app="demo"
        onClose={() => setPressed(null)}
      />
    </section>
  );
}

function open() {
  const queries = new QueryClient();
  const providers = (subscriberId: string) => (
    <QueryClientProvider client={queries}>
      <NextIntlClientProvider locale="en" timeZone="UTC" {...{ formats, messages }}>
        <Room subscriberId={subscriberId} />
      </NextIntlClientProvider>
    </QueryClientProvider>
  );
  const { rerender } = render(providers("ann"));
  fireEvent.click(screen.getByRole("button", { name: "mask" }));
  return { queries, goTo: (subscriberId: string) => rerender(providers(subscriberId)) };
}

const reason = () => screen.getByRole("textbox", { name: "Reason" });
const submit = () => fireEvent.submit(reason());
const readable = () => screen.getByTestId("readable").textContent;

describe("a mask", () => {
  it("asks for a reason, and says what becomes of it", () => {
    open();
    expect(screen.getByRole("heading", { name: "Reveal masked data" })).toBeTruthy();
    expect(
      screen.getByText(/^Subscriber custom data is masked .* subscriber ann only\.$/),
    ).toBeTruthy();
    expect(screen.getByText(/recorded in the audit log\. After 15 minutes/)).toBeTruthy();
    expect(reason().hasAttribute("autofocus")).toBe(true);
  });

  it("takes no reason that is none", async () => {
    open();
    fireEvent.change(reason(), { target: { value: " why?" } });
    submit();
    expect(screen.getByText("Enter a reason of 5 to 500 characters.")).toBeTruthy();
    expect(reason().getAttribute("aria-invalid")).toBe("true");
    expect(await opened.db.$count(reveals)).toBe(0);
  });

  it("reveals what it hides, of this subscriber, and leaves the focus in the table", async () => {
    const { queries, goTo } = open();
    const old = ["lookup", "demo", "ann", SAID, 50, 0];
    const others = ["lookup", "demo", "bo", SAID, 50, 0];
    queries.setQueryData(old, "read for an earlier reason");
    queries.setQueryData(others, "of somebody else");
    fireEvent.change(reason(), { target: { value: "Ticket 4711" } });
    submit();
    await vi.waitFor(() => expect(readable()).toBe(SAID));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.queryByRole("button", { name: "mask" })).toBeNull();
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("table")));
    expect(screen.getByRole("status").textContent).toMatch(
      /^Revealed for ann until \d\d:\d\d:\d\d: Subscriber custom data\.$/,
    );
    expect(queries.getQueryData(old)).toBeUndefined();
    expect(queries.getQueryData(others)).toBe("of somebody else");
    goTo("bo");
    expect(readable()).toBe("");
    expect(screen.getByRole("status").textContent).toBe("");
  });

  it("reveals others with it on demand", async () => {
    open();
    fireEvent.click(screen.getByRole("checkbox", { name: "Introduction" }));
    fireEvent.change(reason(), { target: { value: "Ticket 4711" } });
    submit();
    await vi.waitFor(() => expect(readable()).toBe(`introduction${SAID}`));
  });

  it("says why it was refused, and stays", async () => {
    testRequest.user = null;
    open();
    fireEvent.change(reason(), { target: { value: "Ticket 4711" } });
    submit();
    expect((await screen.findByRole("alert")).textContent).toContain("Sign in");
    expect(readable()).toBe("");
    fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
