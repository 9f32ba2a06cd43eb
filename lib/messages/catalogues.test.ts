import compile from "icu-minify/compile";
import { describe, expect, it } from "vitest";
import en from "./en.json";
import ja from "./ja.json";
import ko from "./ko.json";
import zhCN from "./zh-CN.json";

type Catalogue = { [key: string]: string | Catalogue };

const english = flatten(en);

describe.each([
  ["zh-CN", zhCN],
  ["ko", ko],
  ["ja", ja],
])("the %s catalogue", (_locale, catalogue) => {
  const translated = flatten(catalogue);

  it("has the keys of the English one, in the same order", () => {
    expect([...translated.keys()]).toEqual([...english.keys()]);
  });

  it("takes the same arguments in every message", () => {
    for (const [key, message] of english) {
      expect([key, argumentsOf(translated.get(key) ?? "")]).toEqual([key, argumentsOf(message)]);
    }
  });

  it("leaves no message empty", () => {
    expect([...translated].filter(([, message]) => message.trim() === "")).toEqual([]);
  });
});

/** Words that docs/terms.md replaces. */
const REPLACED: Record<string, readonly [word: RegExp, quotedFrom: string][]> = {
  en: [
    [/\b(the|this) desk\b/i, "The desk did not answer."],
    [/\bvendor/i, "The vendor’s server is failing."],
    [/\bgone\b/i, "Gone this week"],
    [/\b(some|any|every|no)body\b|\bwhoever\b/i, "Invite somebody"],
    [/\bmay not\b/i, "Your role may not see this field."],
    [/\be-mail/i, "part of an e-mail address"],
    [/\b[Ii]ds?\b/, "Ids are case-sensitive."],
    [/\bfollow(s|ed|ing)?\b/i, "107867 follows 8 channels"],
    [/\bswitch(ed|ing)? (it |them )?(on|off)\b/i, "Switch them on below."],
  ],
  "zh-CN": [
    [/关注/, "关注的频道"],
    [/服务商/, "服务商未响应。"],
    [/本系统|此系统/, "本系统"],
    [/账户/, "账户"],
  ],
  ko: [
    [/지켜보/, "지켜보는 채널"],
    [/제공업체/, "제공업체가 응답하지 않았습니다."],
    [/데스크|이 시스템/, "데스크가 아는 채널"],
    [/[어아해돼써워려겨예네지]요(?=[.,!?]|$)/, "선택은 저장돼요."],
  ],
  ja: [
    [/ベンダー|提供元/, "ベンダーの応答"],
    [/デスク|このシステム/, "このデスク"],
    [/役割/, "役割を変更"],
    [/絞り込み/, "適用中の絞り込み"],
  ],
};

describe.each([
  ["en", en],
  ["zh-CN", zhCN],
  ["ko", ko],
  ["ja", ja],
])("the words of the %s catalogue", (locale, catalogue) => {
  const messages = [...flatten(catalogue)];

  it.each(REPLACED[locale] ?? [])("do not match %s", (word, quotedFrom) => {
    expect(quotedFrom).toMatch(word);
    expect(messages.filter(([, message]) => word.test(withoutArguments(message)))).toEqual([]);
  });
});

describe("withoutArguments", () => {
  it("keeps the texts of a message, without the names of its arguments and branches", () => {
    const message = "Found {id}: {gone, plural, =0 {no IDs} other {# <b>ids</b>}}";
    expect(withoutArguments(message)).toBe("Found :  no IDs # ids");
  });
});

describe("argumentsOf", () => {
  it("sees plain, formatted, plural, nested and rich arguments", () => {
    const message = "{name} {at, time} <b>{count, plural, one {# of {total}} other {#}}</b>";
    expect(argumentsOf(message)).toEqual([":b", "at:6", "count:2", "name:", "total:"]);
  });
});

function flatten(catalogue: Catalogue, prefix = ""): Map<string, string> {
  const messages = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue)) {
    const path = prefix + key;
    if (typeof value === "string") messages.set(path, value);
    else for (const [inner, message] of flatten(value, `${path}.`)) messages.set(inner, message);
  }
  return messages;
}

/** Returns the fixed text of a message: the texts of all branches, and no names of arguments. */
function withoutArguments(message: string): string {
  return textOf(compile(message)).join("");
}

function textOf(parts: unknown): unknown[] {
  if (!Array.isArray(parts)) return [parts === 0 ? "#" : parts];
  return parts.flatMap((part) => {
    if (!Array.isArray(part)) return textOf(part);
    const [, kind, branches] = part;
    if (typeof kind !== "number") return textOf(part.slice(1));
    if (typeof branches !== "object") return [];
    return Object.values(branches).flatMap((branch) => [" ", ...textOf(branch)]);
  });
}

/** Names and kinds of a message's arguments, sorted; rich tags begin with a colon. */
function argumentsOf(message: string): string[] {
  const found = new Set<string>();
  const compiled = compile(message);
  if (typeof compiled !== "string") for (const node of compiled) visit(node, found);
  return [...found].sort();
}

function visit(node: unknown, found: Set<string>) {
  if (!Array.isArray(node)) return;
  const [name, kind, ...rest] = node;
  if (kind === undefined) found.add(`${name}:`);
  else if (typeof kind === "number" && kind > 0) {
    found.add(`${name}:${kind}`);
    for (const branch of Object.values(rest[0] ?? {})) {
      if (Array.isArray(branch)) for (const inner of branch) visit(inner, found);
    }
  } else {
    found.add(`:${name}`);
    for (const child of [kind, ...rest]) visit(child, found);
  }
}
