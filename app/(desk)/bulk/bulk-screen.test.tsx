// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BulkAnswer, BulkLine } from "@/lib/bulk/bulk-answer";
import { setPendingIds } from "@/lib/bulk/pending-ids";
import type { Failure } from "@/lib/failure";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import { suggestChannels } from "../membership-actions";
import { cancelRun, currentRun } from "./bulk-run";
import { BulkScreen } from "./bulk-screen";

vi.mock("../membership-actions", () => ({ suggestChannels: vi.fn() }));
vi.mock("next/navigation", () => ({ useRouter: () => ({ push: vi.fn() }) }));

const RADIO = { channelId: "@TOA#_radio", name: "Leeds Radio Hour" };

/** The stream of a run, which the test writes. */
function openStream() {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
  });
  return {
    response: new Response(stream),
    write: (line: BulkLine) => controller?.enqueue(encoder.encode(`${JSON.stringify(line)}\n`)),
    close: () => controller?.close(),
    fail: () => controller?.error(new TypeError("The connection broke.")),
  };
}

let stream: ReturnType<typeof openStream>;
const fetched = vi.fn(async (_address: string, { signal }: RequestInit) => {
  const { response, fail } = stream;
  signal?.addEventListener("abort", fail);
  return response;
});
const asked = () => fetched.mock.calls.map(([, { body }]) => JSON.parse(String(body)));

/** Each test has an app of its own, because a run stays in the memory of the tab. */
let app = "";
let apps = 0;
beforeEach(() => {
  apps += 1;
  app = `app-${apps}`;
  stream = openStream();
  fetched.mockClear();
  vi.mocked(suggestChannels).mockClear();
  vi.stubGlobal("fetch", fetched);
  vi.mocked(suggestChannels).mockImplementation(async () => ({
    answer: Promise.resolve({ ok: true, value: { channels: [RADIO], withNames: true } }),
  }));
});
afterEach(async () => {
  cancelRun();
  await vi.waitFor(() => expect(currentRun()?.progress ?? null).toBeNull());
  cleanup();
  vi.unstubAllGlobals();
});

function open() {
  render(
    <NextIntlClientProvider locale="en" messages={messages} formats={formats} timeZone="UTC">
      <QueryClientProvider client={new QueryClient()}>
        <BulkScreen {...{ app, role: "product" }} withNames />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
}

const field = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Subscriber IDs" });
const channel = () => screen.getByRole("combobox", { name: "Subscribed to channel? (optional)" });
const enter = (text: string) => fireEvent.change(field(), { target: { value: text } });
const lookUp = () => fireEvent.click(screen.getByRole("button", { name: "Look up" }));
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const rows = () =>
  within(screen.getByRole("table"))
    .getAllByRole("row")
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole("cell")
        .map((cell) => cell.textContent),
    );

const found = (channels: number, follows: "yes" | "no" | null = null): BulkAnswer => ({
  ...{ outcome: "found", channels },
  follows: follows === "yes" ? { answer: "yes", since: 0 } : follows && { answer: "no" },
});

const FAILURE: Failure = {
  ...{ code: "vendor", happened: "Too many requests.", remedy: "Wait a moment.", retry: "soon" },
  ...{ requestId: null, vendor: { kind: "rejected", code: 60018, info: "" } },
};

function answer(subscriberId: string, given: BulkAnswer) {
  stream.write({ type: "answer", subscriberId, answer: given });
}

describe("the IDs of a bulk lookup", () => {
  it.each([true, false])("are typed at once where there is a pointer: %s", (isFine) => {
    vi.stubGlobal("matchMedia", () => ({ matches: isFine }));
    open();
    expect(document.activeElement === field()).toBe(isFine);
  });

  it.each([
    ["UserID\nuser-1\nuser-2\nuser-1\n", "2 IDs, 1 duplicate left out."],
    ['["user-1", "user-2"]', "2 IDs."],
    [
      "Jane\tuser-5\tjane@a.example\nJoe\tuser-6\tjoe@a.example",
      "2 IDs. 4 other cells have no ID.",
    ],
    [
      "user-5\n1.07867E+05\n用户",
      "2 IDs. 1 other cell has no ID. Some look like numbers that a spreadsheet shortened. Copy the original IDs.",
    ],
    ["107867", "1 ID."],
    ["/lookup?subscriber=user-9", "1 ID."],
    ["Customer user-44 says", "This text contains no subscriber ID."],
    ["用户", "This text contains no subscriber ID."],
    ["107,867\n107,868", "A spreadsheet formatted these IDs as numbers. Copy the original IDs."],
    ["1.07867E+05", "A spreadsheet formatted these IDs as numbers. Copy the original IDs."],
    [
      Array.from({ length: 501 }, (_, index) => `user-${index}`).join("\n"),
      "This text contains 501 IDs. Look up at most 500 at once.",
    ],
  ])("%.40j: %s", async (text, sentence) => {
    open();
    enter(text);
    expect(await screen.findByText(sentence)).toBeTruthy();
  });

  it("are asked for when there are none", () => {
    open();
    lookUp();
    expect(screen.getByText("Enter at least one subscriber ID.")).toBeTruthy();
    expect(fetched).not.toHaveBeenCalled();
  });

  it("come from another page, without an address", async () => {
    setPendingIds(["user-1", "user-2"]);
    open();
    expect(field().value).toBe("user-1\nuser-2");
  });
});

describe("a run", () => {
  it("shows each answer when it comes, in the order of the IDs, with progress", async () => {
    open();
    enter("a1\nb2\nc3");
    lookUp();
    await vi.waitFor(() =>
      expect(asked()).toEqual([{ app, subscriberIds: ["a1", "b2", "c3"], channelId: null }]),
    );
    const bar = screen.getByRole("progressbar", { name: "Bulk lookup progress" });
    expect(bar.getAttribute("aria-valuetext")).toBe("0 of 3 looked up");
    answer("c3", found(3));
    await screen.findByText("1 of 3 looked up");
    answer("a1", { outcome: "unknown" });
    answer("b2", { outcome: "failed", failure: FAILURE });
    stream.write({ type: "end", outcome: "done" });
    await screen.findByText("3 IDs looked up.");
    expect(rows()).toEqual([
      ["a1", "Unknown user", "", ""],
      ["b2", "Failed", "", "60018 Too many requests. Wait a moment."],
      ["c3", "Found", "3", ""],
    ]);
    expect(screen.queryByRole("progressbar")).toBeNull();
  });

  it("reads the failed ones again, and keeps the others", async () => {
    open();
    enter("a1\nb2");
    lookUp();
    answer("a1", found(1));
    answer("b2", { outcome: "failed", failure: FAILURE });
    stream.write({ type: "end", outcome: "done" });
    await screen.findByText("2 IDs looked up.");
    stream = openStream();
    press("Try 1 failed lookup again");
    await vi.waitFor(() => expect(asked()[1]).toMatchObject({ subscriberIds: ["b2"] }));
    answer("b2", found(2));
    stream.write({ type: "end", outcome: "done" });
    await vi.waitFor(() => expect(rows().map(([, result]) => result)).toEqual(["Found", "Found"]));
  });

  it("keeps what came before Cancel, and goes on", async () => {
    open();
    enter("a1\nb2\nc3");
    lookUp();
    answer("b2", found(2));
    await screen.findByText("1 of 3 looked up");
    press("Cancel");
    await screen.findByText("Canceled.");
    expect(screen.getByText("2 IDs were not looked up.")).toBeTruthy();
    expect(rows()).toHaveLength(1);
    stream = openStream();
    press("Look up the rest");
    await vi.waitFor(() => expect(asked()[1]).toMatchObject({ subscriberIds: ["a1", "c3"] }));
    await act(async () => stream.close());
    await screen.findByText("The connection to Channel Desk ended.");
  });

  it("says why it was refused, and that it waits for the limit", async () => {
    open();
    enter("a1\nb2");
    lookUp();
    stream.write({ type: "wait", seconds: 7 });
    expect(
      await screen.findByText(
        "You have reached the limit of lookups per minute. Continuing in 7 seconds.",
      ),
    ).toBeTruthy();
    await act(async () => stream.close());
    await screen.findByText("2 IDs were not looked up.");
    const failure = {
      ...FAILURE,
      code: "signedOut",
      happened: "Your session has ended.",
      vendor: null,
    };
    fetched.mockImplementationOnce(async () => Response.json({ failure }, { status: 401 }));
    press("Look up the rest");
    await screen.findByText("Your session has ended.");
    expect(screen.getByRole("link", { name: "Sign in" })).toBeTruthy();
  });

  it("warns before the page is left, only while it is under way", async () => {
    const isWarned = () => {
      const event = new Event("beforeunload", { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    };
    open();
    enter("a1");
    expect(isWarned()).toBe(false);
    lookUp();
    await screen.findByRole("progressbar");
    expect(isWarned()).toBe(true);
    stream.write({ type: "end", outcome: "done" });
    await vi.waitFor(() => expect(isWarned()).toBe(false));
  });
});

describe("the channel of a run", () => {
  const run = async (text: string) => {
    open();
    enter("a1\nb2");
    fireEvent.change(channel(), { target: { value: text } });
    lookUp();
  };

  it.each(["Leeds Radio Hour", "“leeds  radio hour”", "@TOA#_radio"])("is %s", async (text) => {
    await run(text);
    await vi.waitFor(() => expect(asked()).toMatchObject([{ channelId: "@TOA#_radio" }]));
    answer("a1", found(1, "yes"));
    answer("b2", found(2, "no"));
    await vi.waitFor(() =>
      expect(rows()).toEqual([
        ["a1", "Found", "1", "Yes, since Jan 1, 1970", ""],
        ["b2", "Found", "2", "No", ""],
      ]),
    );
    press("Not subscribed 1");
    expect(rows().map(([id]) => id)).toEqual(["b2"]);
    press("Failed 0");
    expect(screen.getByText("No results match this filter.")).toBeTruthy();
  });

  it("is found once, however fast a person presses twice", async () => {
    open();
    enter("a1\nb2");
    fireEvent.change(channel(), { target: { value: "Leeds Radio Hour" } });
    const button = screen.getByRole("button", { name: "Look up" });
    // Both before the next render.
    act(() => {
      button.click();
      button.click();
    });
    await screen.findByRole("progressbar");
    // Once to suggest channels, once to find the one that is meant.
    expect(suggestChannels).toHaveBeenCalledTimes(2);
    expect(asked()).toHaveLength(1);
  });

  it("is never a part of a name: a person chooses", async () => {
    await run("Leeds");
    expect(await screen.findByText("No known channel is named “Leeds”.")).toBeTruthy();
    expect(fetched).not.toHaveBeenCalled();
    press("Leeds Radio Hour");
    lookUp();
    await vi.waitFor(() => expect(asked()).toMatchObject([{ channelId: "@TOA#_radio" }]));
  });

  it("that could not be checked says how far the list was loaded", async () => {
    await run("@TOA#_new");
    await vi.waitFor(() => expect(asked()).toMatchObject([{ channelId: "@TOA#_new" }]));
    const follows = { answer: "unknown", read: 200, total: 900, failure: null } as const;
    answer("a1", { outcome: "found", channels: 900, follows });
    await vi.waitFor(() =>
      expect(rows()).toEqual([
        ["a1", "Found", "900", "Could not be checked", "200 of 900 channels loaded."],
      ]),
    );
  });
});
