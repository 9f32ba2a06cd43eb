// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { expect, it } from "vitest";
import messages from "@/lib/messages/en.json";
import { failure, success } from "@/lib/result";
import type { AlertChange, AlertInput } from "@/lib/views/view-actions";
import { ViewAlert } from "./view-forms";

const VIEW = {
  ...{ id: "v", name: "Large", query: "view=all", isTeam: false, madeBy: null, mayChange: true },
};

/** Renders the bell of a view. Alerts that are turned on are listed afterwards. */
function draw(refusal?: "gone" | "tooMany" | "tooLarge") {
  const on = new Set<string>();
  const asked: AlertInput[] = [];
  const said: string[] = [];
  const set = async (input: AlertInput) => {
    asked.push(input);
    if (refusal === undefined) {
      if (input.isOn) on.add(input.viewId);
      else on.delete(input.viewId);
    }
    const change: AlertChange = success(refusal ? failure(refusal) : success(null));
    return { answer: Promise.resolve(change) };
  };
  const list = async () => ({ answer: Promise.resolve(success([...on])) });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
        <ViewAlert
          alerts={{ list, set }}
          app="demo"
          view={VIEW}
          onDone={(text) => said.push(text)}
        />
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
  const bell = screen.getByRole("button", { name: "Alert me when a channel enters Large" });
  const press = async () => {
    await waitFor(() => expect(bell.getAttribute("aria-disabled")).toBe("false"));
    fireEvent.click(bell);
    const count = said.length;
    await waitFor(() => expect(said).toHaveLength(count + 1));
  };
  return { bell, press, asked, said };
}

it("turns the alert on and off, and says so", async () => {
  const { bell, press, asked, said } = draw();
  await press();
  await waitFor(() => expect(bell.getAttribute("aria-pressed")).toBe("true"));
  await press();
  await waitFor(() => expect(bell.getAttribute("aria-pressed")).toBe("false"));
  expect(asked).toEqual([
    { app: "demo", viewId: "v", isOn: true },
    { app: "demo", viewId: "v", isOn: false },
  ]);
  expect(said).toEqual([
    "You get an alert when a channel enters “Large”.",
    "You no longer get alerts about “Large”.",
  ]);
});

it.each([
  ["gone", "This view no longer exists."],
  ["tooMany", "You have reached the limit of 20 alerts. Turn one off first."],
  ["tooLarge", "This view has too many channels for an alert. Add a filter."],
] as const)("says why it stays off: %s", async (refusal, words) => {
  const { bell, press, said } = draw(refusal);
  await press();
  expect(said).toEqual([words]);
  expect(bell.getAttribute("aria-pressed")).toBe("false");
});
