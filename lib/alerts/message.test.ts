import { expect, test } from "vitest";
import { alertMessage, type ChannelAlert } from "./webhook";

const countedAt = "2026-11-24T12:00:00.000Z";
const APP_URL = new URL("https://desk.example.com");
const channel = { app: "demo", channelId: "@TOA#_news" };
const LINK = "https://desk.example.com/channels/view?app=demo&amp;channel=%40TOA%23_news";

const gone = (name: string | null, channelId = channel.channelId): ChannelAlert => ({
  ...{ app: "demo", channelId, kind: "gone" },
  detail: { name, goneAt: "2026-11-24T10:00:00.000Z" },
});
const lines = (...alerts: ChannelAlert[]) =>
  alertMessage(alerts, APP_URL).text.split("\n").slice(1);

test("each kind is one sentence with a link", () => {
  const silence = { knownSince: "2026-10-01T08:00:00.000Z", days: 31 };
  expect(
    lines(
      {
        ...{ ...channel, kind: "silent" },
        detail: { ...silence, name: "News", lastMessageAt: "2026-10-24T08:00:00.000Z" },
      },
      { ...channel, kind: "silent", detail: { ...silence, name: "News", lastMessageAt: null } },
      gone("News"),
      {
        ...{ ...channel, kind: "moved" },
        detail: { name: "News", count: 11_234, countedAt, change: 1234, percent: 12.34 },
      },
      {
        ...{ ...channel, kind: "moved" },
        detail: { name: "News", count: 800, countedAt, change: -200, percent: -20 },
      },
    ),
  ).toEqual([
    `<${LINK}|News> has sent no message for 31 days. The last message was on October 24, 2026 at 8:00 AM UTC.`,
    `<${LINK}|News> has never sent a message. It was first seen on October 1, 2026 at 8:00 AM UTC, 31 days ago.`,
    `<${LINK}|News> was deleted on or before November 24, 2026 at 10:00 AM UTC.`,
    `<${LINK}|News> has gained 1,234 subscribers in 24 hours (+12.3%). It now has 11,234.`,
    `<${LINK}|News> has lost 200 subscribers in 24 hours (−20%). It now has 800.`,
  ]);
});

test("a chat that knows blocks has the same in them, and finds no links of its own", () => {
  const { text, blocks } = alertMessage([gone("News"), gone("Olds")], APP_URL);
  const [title, ...sentences] = text.split("\n");
  expect(blocks).toEqual([
    { type: "header", text: { type: "plain_text", text: title } },
    ...sentences.map((line) => ({
      type: "section",
      text: { type: "mrkdwn", text: line, verbatim: true },
    })),
  ]);
});

test.each([
  ["<!channel> & co", "&lt;!channel&gt; &amp; co"],
  ["a|b> <https://evil.example|b", "a|b&gt; &lt;https://evil.example|b"],
  ["two\nlines", "two lines"],
  ["gnp.\u202eexe", "gnp.[U+202E]exe"],
  ["名".repeat(200), `${"名".repeat(79)}…`],
  ["😀".repeat(81), `${"😀".repeat(79)}…`],
  [null, "@TOA#_news"],
])("the name %j is a stranger's text", (name, shown) => {
  const [line = ""] = lines(gone(name));
  expect(line).toBe(
    `<${LINK}|${shown}> was deleted on or before November 24, 2026 at 10:00 AM UTC.`,
  );
});

test("an id cannot leave its address", () => {
  const [line = ""] = lines(gone("News", "x>|<!here>&app=other"));
  expect(line).toContain("?app=demo&amp;channel=x%3E%7C%3C%21here%3E%26app%3Dother|News>");
});
