import { cleanup, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, expect, it } from "vitest";
import type { VisibleChannel } from "@/lib/channels/known-channel";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import { ViewFacts } from "./header";

const NOW = new Date("2026-03-10T12:00:00Z");

const CHANNEL: VisibleChannel = {
  ...{ app: "demo", channelId: "@TOA#_1", name: "News", ownerId: null, organization: null },
  ...{ introduction: null, avatarUrl: null, createdAt: null, subscriberCount: null },
  ...{ countedAt: null, lastMessageAt: null, lastMessageReadAt: null, changeDay: null },
  ...{ changeWeek: null, changeMonth: null, firstSeenAt: NOW, seenAt: NOW, goneAt: null },
  ...{ sampleUntil: null, refreshMinutes: null, refreshProblem: null, tags: [], shown: [] },
  ...{ watchedByMe: false, watchedByTeam: false },
};

afterEach(cleanup);

it.each([
  ["no one", {}],
  ["others", { refreshMinutes: 60 }],
  ["you", { refreshMinutes: 60, watchedByMe: true }],
  ["you and the team", { refreshMinutes: 60, watchedByMe: true, watchedByTeam: true }],
])("says that %s watch a channel", (watchers, known) => {
  render(
    <NextIntlClientProvider locale="en" messages={messages} formats={formats} timeZone="UTC">
      <ViewFacts channel={{ ...CHANNEL, ...known }} timeZone="UTC" readAt={NOW} />
    </NextIntlClientProvider>,
  );
  expect(screen.getByText("Watched by").nextSibling?.textContent).toBe(watchers);
});
