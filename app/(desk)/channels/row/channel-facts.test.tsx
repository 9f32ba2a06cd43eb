import { render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { expect, it } from "vitest";
import type { VisibleChannel } from "@/lib/channels/known-channel";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import { ChannelFacts } from "./channel-facts";

const NOW = new Date("2026-03-10T12:00:00Z");

const CHANNEL: VisibleChannel = {
  ...{ app: "demo", channelId: "@TOA#_1", name: "News", ownerId: null, organization: null },
  ...{ introduction: null, avatarUrl: null, createdAt: null, subscriberCount: null },
  ...{ countedAt: null, lastMessageAt: null, lastMessageReadAt: null, changeDay: null },
  ...{ changeWeek: null, changeMonth: null, firstSeenAt: NOW, seenAt: NOW, goneAt: null },
  ...{ sampleUntil: null, refreshMinutes: null, refreshProblem: null, tags: [], shown: [] },
  ...{ watchedByMe: false, watchedByTeam: false },
};

function show(known: Partial<VisibleChannel>) {
  render(
    <NextIntlClientProvider locale="en" messages={messages} formats={formats} timeZone="UTC">
      <ChannelFacts channel={{ ...CHANNEL, ...known }} timeZone="Asia/Tokyo" readAt={NOW} />
    </NextIntlClientProvider>,
  );
}

/** Returns the value and the note of a fact; null without such a fact. */
function fact(label: string) {
  const values = screen.queryByText(label)?.parentElement?.querySelectorAll("dd");
  return values ? [...values].map(({ textContent }) => textContent) : null;
}

it.each([
  ["no one", {}],
  ["others", { refreshMinutes: 60 }],
  ["you", { refreshMinutes: 60, watchedByMe: true }],
  ["you and the team", { refreshMinutes: 60, watchedByMe: true, watchedByTeam: true }],
])("says that %s watch a channel", (watchers, known) => {
  show(known);
  expect(fact("Watched by")).toEqual([watchers]);
  expect(fact("Auto-update")).toEqual([
    "refreshMinutes" in known ? "every 60 minutes" : "off (not watched)",
  ]);
});

it("tells values with their times in the chosen zone, and marks an old count", () => {
  const countedAt = new Date("2026-03-09T11:59:59Z");
  show({
    ...{ shown: ["subscriberCount", "lastMessageAt", "ownerId", "introduction"] },
    ...{ subscriberCount: 1234, countedAt, changeDay: { absolute: -4, percent: -0.3 } },
    ...{ lastMessageAt: new Date("2026-03-10T11:00:00Z"), ownerId: "a\u202eb" },
    ...{ introduction: "All the news" },
  });
  expect(fact("Subscribers")).toEqual(["1,234", "updated Mar 9, 2026, 20:59:59 GMT+9 · outdated"]);
  expect(fact("24 hours")?.[0]).toContain("\u22124");
  expect(fact("7 days")).toEqual(["unknown"]);
  expect(fact("Last message")?.[1]).toBe("Mar 10, 2026, 20:00:00 GMT+9");
  expect(fact("Owner")?.[0]).not.toContain("\u202e");
  expect(screen.getByText("All the news")).toBeTruthy();
});

it.each([
  ["never counted", { subscriberCount: null, countedAt: null }, "Subscribers", "not loaded"],
  ["counted without a value", { countedAt: NOW }, "Subscribers", "not provided"],
  ["never asked for its message", {}, "Last message", "not loaded"],
  ["without any message", { lastMessageReadAt: NOW }, "Last message", "never"],
  ["without an owner", {}, "Owner", "not provided"],
] as const)("says what is missing of a channel %s", (_, known, label, missing) => {
  show({ shown: ["subscriberCount", "lastMessageAt", "ownerId"], ...known });
  expect(fact(label)?.[0]).toBe(missing);
});

it("tells nothing that the role may not see", () => {
  show({ subscriberCount: 1234, ownerId: "canary", introduction: "canary", countedAt: NOW });
  for (const label of ["Subscribers", "7 days", "Last message", "Owner", "Created"]) {
    expect(fact(label)).toBeNull();
  }
  expect(document.body.textContent).not.toMatch(/canary|1,234/);
});

it("says since when a channel is deleted, and why its last update failed", () => {
  show({ goneAt: NOW, refreshProblem: "timeout" });
  expect(screen.getByText(/Deleted since Mar 10, 2026, 21:00:00 GMT\+9/)).toBeTruthy();
  expect(fact("Last update failed")).toEqual([messages.failures.ofRefresh.timeout]);
});
