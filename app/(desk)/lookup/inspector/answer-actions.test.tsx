import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { createTranslator, NextIntlClientProvider } from "next-intl";
import { expect, it } from "vitest";
import { DEFAULT_LAYOUT } from "@/components/data-table/layout";
import { LinkContext } from "@/components/shell/link-context";
import { LinkMemory } from "@/components/shell/link-memory";
import type { Role } from "@/lib/auth/permissions";
import { type Failure, refusal } from "@/lib/failure";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import type { ListAnswer } from "../list/list-answer";
import { AnswerActions } from "./answer-actions";

const ANSWER: ListAnswer = {
  ...{ state: "complete", rows: [], offset: 0, total: 0, unreadableRows: 0, known: true },
  ...{ readFrom: null, readTo: new Date("2026-11-01T10:00:00Z"), duration: 12 },
};
const FAILURE = refusal(
  "tooMany",
  createTranslator({ locale: "en", messages, namespace: "failures" }),
);

const STORE = {
  store: async () => ({ answer: Promise.resolve({ ok: true, value: null } as const) }),
  open: async () => ({ answer: Promise.resolve({ ok: true, value: null } as const) }),
};

type ActionsProps = {
  answer: ListAnswer | null;
  failure?: Failure | null;
  viewer?: Role;
  /** Whether addresses may name subscribers. */
  isOpen?: boolean;
};

function Actions({ answer, failure = null, viewer = "support", isOpen = true }: ActionsProps) {
  return (
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" timeZone="UTC" {...{ formats, messages }}>
        <LinkContext value={isOpen ? null : new LinkMemory(STORE, null)}>
          <AnswerActions
            {...{ answer, failure, shown: [], selected: [], isNarrowed: false, follows: null }}
            input={{ app: "demo", subscriberId: "a&b", fields: ["name"], offset: 0, size: 50 }}
            facts={{
              ...{ apps: [], defaultApp: "demo", visible: ["name"], masked: [], revealed: [] },
              ...{ userId: "1", role: viewer, layout: DEFAULT_LAYOUT },
            }}
          />
        </LinkContext>
      </NextIntlClientProvider>
    </QueryClientProvider>
  );
}

it("links a lookup to its audit log entries, for people with that permission", () => {
  const link = () => screen.queryByRole("link", { name: "Audit log of this subscriber" });
  const { rerender } = render(<Actions answer={ANSWER} viewer="admin" />);
  const { searchParams } = new URL(link()?.getAttribute("href") ?? "", "http://desk.test");
  expect([...searchParams]).toEqual([
    ["app", "demo"],
    ["inApp", "demo"],
    ["subscriber", "a&b"],
  ]);
  rerender(<Actions answer={ANSWER} viewer="admin" isOpen={false} />);
  expect(link()).toBeNull();
  for (const role of ["support", "product"] as const) {
    rerender(<Actions answer={ANSWER} viewer={role} />);
    expect(link()).toBeNull();
  }
});

it.each([
  ["nothing was read yet", null, null, true],
  ["no page of the whole set has come yet", { ...ANSWER, readTo: null }, null, true],
  ["a list was read", ANSWER, null, false],
  ["the call failed", null, FAILURE, false],
])("the ticket button when %s", (_, answer, failure, isDisabled) => {
  render(<Actions {...{ answer, failure }} />);
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Copy summary" });
  expect(button.disabled).toBe(isDisabled);
});
