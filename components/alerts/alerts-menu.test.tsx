// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { expect, it, vi } from "vitest";
import type { PersonalAlert, PersonalAlerts } from "@/lib/alerts/view-alerts";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import { success } from "@/lib/result";
import { AlertsButton } from "./alerts-button";
// Loaded before the tests: the button loads it on demand.
import "./alerts-menu";

const alert = (id: number, rest: Partial<PersonalAlert> = {}): PersonalAlert => ({
  ...{ id, app: "demo", channelId: `@TOA#_${id}`, name: `Channel ${id}`, view: "Large" },
  ...{ more: 0, createdAt: new Date(), isRead: false },
  ...rest,
});

/** Renders the bell over these alerts, and returns the ids up to which they were marked. */
function draw(alerts: PersonalAlerts, unread: number): readonly number[] {
  const marked: number[] = [];
  const read = { unread: 0, list: alerts.list.map((each) => ({ ...each, isRead: true })) };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" messages={messages} formats={formats} timeZone="UTC">
        <AlertsButton
          unread={unread}
          list={vi.fn(async () => ({ answer: Promise.resolve(success(alerts)) }))}
          markRead={async ({ upTo }) => {
            marked.push(upTo);
            return { answer: Promise.resolve(success(read)) };
          }}
        />
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
  return marked;
}

it("shows the alerts with links, and marks all that are shown as read", async () => {
  const list = [alert(7, { more: 50 }), alert(5, { name: null, isRead: true })];
  const marked = draw({ unread: 1, list }, 3);
  fireEvent.click(screen.getByRole("button", { name: "Alerts, 3 unread" }));
  const menu = await screen.findByRole("dialog", { name: "Alerts" });
  const entries = await within(menu).findAllByRole("listitem");
  expect(entries.map((entry) => entry.textContent?.replace(/\d+ seconds? ago|now/, ""))).toEqual([
    "Channel 7 entered Large, and 50 more channels",
    "@TOA#_5 entered Large",
  ]);
  expect(within(menu).getByRole("link", { name: "Channel 7" }).getAttribute("href")).toBe(
    "/channels/view?app=demo&channel=%40TOA%23_7",
  );
  expect(within(menu).getAllByRole("img", { name: "new" })).toHaveLength(1);
  expect(screen.getByRole("button", { name: "Alerts, 1 unread", hidden: true })).toBeTruthy();
  fireEvent.click(within(menu).getByRole("button", { name: "Mark all as read" }));
  await screen.findByRole("button", { name: "Alerts", hidden: true });
  expect(marked).toEqual([7]);
  expect(within(menu).queryByRole("button", { name: "Mark all as read" })).toBeNull();
});

it("says how to get alerts while there are none", async () => {
  draw({ unread: 0, list: [] }, 0);
  fireEvent.click(screen.getByRole("button", { name: "Alerts" }));
  expect(await screen.findByText(/^No alerts yet\. Open Views/)).toBeTruthy();
});
