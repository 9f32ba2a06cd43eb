import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { createTranslator, NextIntlClientProvider } from "next-intl";
import { afterEach, expect, it } from "vitest";
import { DEFAULT_LAYOUT } from "@/components/data-table/layout";
import { refusal } from "@/lib/failure";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import type { ListAnswer } from "../list/list-answer";
import { AnswerActions } from "./answer-actions";

afterEach(cleanup);

const ANSWER: ListAnswer = {
  ...{ state: "complete", rows: [], offset: 0, total: 0, unreadableRows: 0, known: true },
  ...{ readFrom: null, readTo: new Date("2026-11-01T10:00:00Z"), duration: 12 },
};
const FAILURE = refusal(
  "tooMany",
  createTranslator({ locale: "en", messages, namespace: "failures" }),
);

it.each([
  ["nothing was read yet", null, null, true],
  ["no page of the whole set has come yet", { ...ANSWER, readTo: null }, null, true],
  ["a list was read", ANSWER, null, false],
  ["the call failed", null, FAILURE, false],
])("the ticket button when %s", (_, answer, failure, isDisabled) => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" timeZone="UTC" {...{ formats, messages }}>
        <AnswerActions
          {...{ answer, failure, shown: [], selected: [], isNarrowed: false, follows: null }}
          input={{ app: "demo", subscriberId: "107867", fields: ["name"], offset: 0, size: 50 }}
          facts={{
            ...{ apps: [], defaultApp: "demo", visible: ["name"], masked: [], revealed: [] },
            ...{ userId: "1", role: "support", layout: DEFAULT_LAYOUT },
          }}
        />
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Copy summary" });
  expect(button.disabled).toBe(isDisabled);
});
