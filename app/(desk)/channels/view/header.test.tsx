import { render } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { expect, it } from "vitest";
import type { VisibleChannel } from "@/lib/channels/known-channel";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import { SampleNote } from "./header";

const NOW = new Date("2026-03-10T12:00:00Z");

function channel(name: string, sampleUntil: Date | null): VisibleChannel {
  return {
    ...{ app: "demo", channelId: `@TOA#_${name}`, name, ownerId: null, organization: null },
    ...{ introduction: null, avatarUrl: null, createdAt: null, subscriberCount: null },
    ...{ countedAt: null, lastMessageAt: null, lastMessageReadAt: null, changeDay: null },
    ...{ changeWeek: null, changeMonth: null, firstSeenAt: NOW, seenAt: NOW, goneAt: null },
    ...{ sampleUntil, refreshMinutes: null, refreshProblem: null, tags: [], shown: [] },
    ...{ watchedByMe: false, watchedByTeam: false },
  };
}

const [REAL, SAMPLE, ANOTHER] = [channel("A", null), channel("B", NOW), channel("C", NOW)];

function said(one: VisibleChannel, others: VisibleChannel[], sampleUntil: Date | null) {
  const { container } = render(
    <NextIntlClientProvider locale="en" messages={messages} formats={formats} timeZone="UTC">
      <SampleNote view={{ channel: one, others, sampleUntil }} timeZone="UTC" />
    </NextIntlClientProvider>,
  );
  return container.textContent;
}

it("says whose history is sample data", () => {
  const time = "Mar 10, 2026, 12:00:00 UTC";
  expect(said(REAL, [], null)).toBe("");
  expect(said(SAMPLE, [], NOW)).toBe(`History before ${time} is sample data.`);
  expect(said(REAL, [SAMPLE], NOW)).toBe(`History of B before ${time} is sample data.`);
  expect(said(SAMPLE, [REAL, ANOTHER], NOW)).toBe(
    `History of B and C before ${time} is sample data.`,
  );
});
