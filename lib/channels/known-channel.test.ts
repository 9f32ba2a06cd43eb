import { describe, expect, it } from "vitest";
import type { Field } from "@/lib/chat-api/types";
import { type KnownChannel, namedChannel, visibleChannel } from "./known-channel";

const NOW = new Date("2026-03-10T12:00:00Z");
const change = { absolute: 5, percent: 1 };

const CHANNEL: KnownChannel = {
  ...{ key: 7, app: "demo", channelId: "@TOA#_1", name: "News", ownerId: "ann" },
  ...{ organization: "Acme", introduction: "About", avatarUrl: "https://example.com/a.png" },
  ...{ createdAt: NOW, subscriberCount: 505, countedAt: NOW, lastMessageAt: NOW },
  ...{ lastMessageReadAt: NOW, changeDay: change, changeWeek: change, changeMonth: change },
  ...{ firstSeenAt: NOW, seenAt: NOW, goneAt: null, sampleUntil: null, refreshMinutes: 15 },
  ...{ refreshProblem: null, tags: ["key"], watchedByMe: true, watchedByTeam: false },
};

/** What cannot be seen without a field. */
const OF_FIELD: readonly (readonly [Field, readonly (keyof KnownChannel)[]])[] = [
  ["name", ["name"]],
  ["ownerId", ["ownerId"]],
  ["organization", ["organization"]],
  ["introduction", ["introduction"]],
  ["avatarUrl", ["avatarUrl"]],
  ["createdAt", ["createdAt"]],
  ["subscriberCount", ["subscriberCount", "countedAt", "changeDay", "changeWeek", "changeMonth"]],
  ["lastMessageAt", ["lastMessageAt", "lastMessageReadAt"]],
];
const ALL = OF_FIELD.map(([field]) => field);

describe("a channel as it is seen", () => {
  it("is all that is known but its key, for whoever may see every field", () => {
    const { key: _, ...known } = CHANNEL;
    expect(visibleChannel(CHANNEL, ALL)).toEqual({ ...known, shown: ALL });
  });

  it.each(OF_FIELD)("has nothing that %s tells for whoever may not see it", (field, hidden) => {
    const { key: _, ...known } = CHANNEL;
    const shown = ALL.filter((other) => other !== field);
    const nothing = Object.fromEntries(hidden.map((name) => [name, null]));
    expect(visibleChannel(CHANNEL, shown)).toEqual({ ...known, ...nothing, shown });
  });

  it.each([
    ["its name", "News", ["name"], "News"],
    ["its name with what is hidden in it", "a\u202eb", ["name"], "a[U+202E]b"],
    ["its id without a name", "", ["name"], "@TOA#_1"],
    ["its id where the name may not be seen", "News", [], "@TOA#_1"],
  ] as const)("is called by %s", (_, name, shown, called) => {
    const seen = visibleChannel({ ...CHANNEL, name }, shown);
    expect(namedChannel(seen)).toEqual({ id: "@TOA#_1", name: called });
  });
});
