import { describe, expect, it } from "vitest";
import type { Command, Found, Group } from "./commands";
import { paletteSections } from "./palette";

function command(label: string, group: Group, more: Partial<Command> = {}): Command {
  return { id: label, label, group, run: () => undefined, ...more };
}

const commands = [
  command("Go to Lookup", "go"),
  command("Export", "share"),
  command("Refresh", "table"),
  command("Next row", "row"),
  command("Copy summary", "share"),
  command("내보내기", "share"),
  command("ﾃｰﾌﾞﾙ", "table"),
];

function offered(
  text: string,
  meaning: string | null = null,
  channels: readonly (readonly [id: string, name: string])[] = [],
): string[] {
  const run = () => undefined;
  const meaningOf = () => (meaning === null ? null : { label: meaning, run });
  const found = channels.map(([id, label]): Found => ({ id, label, run }));
  return paletteSections(commands, text, meaningOf, found).flatMap(({ group, options }) =>
    options.map(({ label }) => `${group}: ${label}`),
  );
}

describe("paletteSections", () => {
  it("shows every command in the order of the groups", () => {
    expect(offered("")).toEqual([
      "row: Next row",
      "table: Refresh",
      "table: ﾃｰﾌﾞﾙ",
      "share: Export",
      "share: Copy summary",
      "share: 내보내기",
      "go: Go to Lookup",
    ]);
  });

  it.each([
    ["exp", ["share: Export"]],
    ["  EXPORT ", ["share: Export"]],
    ["ＥＸＰ", ["share: Export"]],
    ["summary copy", ["share: Copy summary"]],
    ["내보", ["share: 내보내기"]],
    ["내ㅂ", ["share: 내보내기"]],
    ["テーブル", ["table: ﾃｰﾌﾞﾙ"]],
    ["copy lookup", []],
    ["secret", []],
  ])("%j finds %j", (text, expected) => {
    expect(offered(text)).toEqual(expected);
  });

  it("offers first what a text means that is no command", () => {
    expect(offered("107867", "Look up 107867")).toEqual(["meaning: Look up 107867"]);
  });

  it("offers it last when a command has these words", () => {
    expect(offered("export", "Look up export")).toEqual([
      "share: Export",
      "meaning: Look up export",
    ]);
  });

  it("offers channels before the lookup of a word, and after that of a number", () => {
    const channels = [["@TOA#_7", "Phoenix 7"]] as const;
    const channel = "channels: Phoenix 7";
    expect(offered("phoenix", "Look up phoenix", channels)).toEqual([
      channel,
      "meaning: Look up phoenix",
    ]);
    expect(offered("7", "Look up 7", channels)).toEqual(["meaning: Look up 7", channel]);
    expect(offered("@TOA#_7", "Look up @TOA#_7", channels)).toEqual([
      channel,
      "meaning: Look up @TOA#_7",
    ]);
  });

  it("asks for no meaning of nothing", () => {
    expect(offered("  ", "Look up nothing").at(-1)).toBe("go: Go to Lookup");
  });
});
