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
