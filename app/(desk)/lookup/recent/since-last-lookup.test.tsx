import { act, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { renderToString } from "react-dom/server";
import { beforeEach, expect, it } from "vitest";
import { LinkContext } from "@/components/shell/link-context";
import { LinkMemory } from "@/components/shell/link-memory";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import type { ListAnswer } from "../list/list-answer";
import { forgetLookups, rememberLookup } from "./recent";
import { SinceLastLookup } from "./since-last-lookup";

const readTo = new Date("2026-12-01T10:12:00Z");
const YESTERDAY = Date.parse("2026-11-30T10:12:05Z");
const SUBJECT = { app: "demo", subscriberId: "107867" };
const PAGE: ListAnswer = {
  ...{ state: "page", rows: [], offset: 0, total: 12, unreadableRows: 0, known: true },
  ...{ readFrom: readTo, readTo, duration: 12 },
};
const COMPLETE: ListAnswer = {
  ...PAGE,
  ...{ state: "complete", total: 1 },
  rows: [{ channelId: "a", subscribedAt: new Date("2026-12-01T09:00:00Z") }],
};

const STORE = {
  store: async () => ({ answer: Promise.resolve({ ok: true, value: null } as const) }),
  open: async () => ({ answer: Promise.resolve({ ok: true, value: null } as const) }),
};

type SinceProps = { answer: ListAnswer | null; isStrict?: boolean };

function Since({ answer, isStrict = false }: SinceProps) {
  return (
    <NextIntlClientProvider locale="en" timeZone="UTC" {...{ formats, messages }}>
      <LinkContext value={isStrict ? new LinkMemory(STORE, null) : null}>
        <SinceLastLookup userId="ann" {...SUBJECT} answer={answer} />
      </LinkContext>
    </NextIntlClientProvider>
  );
}

const shown = () => document.body.textContent;

beforeEach(() => {
  localStorage.clear();
  rememberLookup("ann", { ...SUBJECT, at: YESTERDAY, total: 13 });
});

it("says what has changed since yesterday, by the whole list or by a page of it", () => {
  const { rerender } = render(<Since answer={COMPLETE} />);
  expect(shown()).toBe("Since your lookup on Nov 30, 2026, 10:12: 1 new, 13 ended");
  expect(screen.getByTitle("Nov 30, 2026, 10:12:05 UTC")).toBeTruthy();
  rerender(<Since answer={PAGE} />);
  expect(shown()).toBe("Since your lookup on Nov 30, 2026, 10:12: 1 channel fewer");
});

it("still says so once this lookup is remembered, until the history is cleared", () => {
  render(<Since answer={PAGE} />);
  act(() => rememberLookup("ann", { ...SUBJECT, at: readTo.getTime(), total: 12 }));
  expect(shown()).toContain("1 channel fewer");
  act(() => forgetLookups("ann"));
  expect(shown()).toBe("");
});

it.each([
  ["before an answer", null],
  ["before the first page of a whole list", { ...PAGE, readTo: null }],
  ["about a user that does not exist", { ...PAGE, known: false, total: 0 }],
])("says nothing %s", (_, answer) => {
  render(<Since answer={answer} />);
  expect(shown()).toBe("");
});

it("says nothing where browsers keep no IDs, nor on the server", () => {
  render(<Since answer={PAGE} isStrict />);
  expect(shown()).toBe("");
  expect(renderToString(<Since answer={PAGE} />)).toBe("");
});
