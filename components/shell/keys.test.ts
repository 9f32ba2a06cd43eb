// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Command } from "./commands";
import { areCharacters, createKeyHandler, isApple, type Keys, keyNames, strokeOf } from "./keys";

type Press = Parameters<typeof strokeOf>[0];

/** A press without modifiers, on a keyboard that says as much as a browser does. */
function keyPress(
  key: string,
  code: string,
  held: Partial<Press> & { altGraph?: true } = {},
): Press {
  const { altGraph = false, ...rest } = held;
  return {
    key,
    code,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    keyCode: 0,
    getModifierState: (name) => name === "AltGraph" && altGraph,
    ...rest,
  };
}

describe("strokeOf", () => {
  it.each<[keyboard: string, event: Press, stroke: string | null]>([
    ["Latin", keyPress("t", "KeyT"), "t"],
    ["Latin with Caps Lock", keyPress("T", "KeyT"), "t"],
    ["Latin with Shift", keyPress("T", "KeyT", { shiftKey: true }), null],
    ["Hangul", keyPress("ㅅ", "KeyT"), "t"],
    ["Hangul with Shift", keyPress("ㅆ", "KeyT", { shiftKey: true }), null],
    ["kana", keyPress("か", "KeyT"), "t"],
    ["full width", keyPress("ｔ", "KeyT"), "t"],
    ["Cyrillic", keyPress("е", "KeyT"), "t"],
    ["AZERTY, where A lies on Q", keyPress("a", "KeyQ"), "a"],
    ["QWERTZ, where Z lies on Y", keyPress("z", "KeyY"), "z"],
    ["Dvorak", keyPress("t", "KeyK"), "t"],
    ["a letter that is no command's", keyPress("ö", "Semicolon"), null],
    ["/", keyPress("/", "Slash"), "/"],
    ["/ on QWERTZ", keyPress("/", "Digit7", { shiftKey: true }), "/"],
    ["/ on pinyin", keyPress("、", "Slash"), "/"],
    ["/ on kana", keyPress("め", "Slash"), "/"],
    ["what AZERTY has on the place of /", keyPress("!", "Slash"), "!"],
    ["?", keyPress("?", "Slash", { shiftKey: true }), "?"],
    ["? on QWERTZ", keyPress("?", "Minus", { shiftKey: true }), "?"],
    ["? on AZERTY", keyPress("?", "KeyM", { shiftKey: true }), "?"],
    ["? on pinyin", keyPress("？", "Slash", { shiftKey: true }), "?"],
    ["? on kana", keyPress("・", "Slash", { shiftKey: true }), "?"],
    ["[", keyPress("[", "BracketLeft"), "["],
    ["[ on pinyin", keyPress("【", "BracketLeft"), "["],
    ["[ on a Japanese keyboard", keyPress("「", "BracketRight"), "["],
    ["] on a Japanese keyboard", keyPress("」", "Backslash"), "]"],
    ["[ with AltGr", keyPress("[", "Digit8", { ctrlKey: true, altKey: true, altGraph: true }), "["],
    ["an arrow", keyPress("ArrowDown", "ArrowDown"), "down"],
    ["an arrow with Shift", keyPress("ArrowDown", "ArrowDown", { shiftKey: true }), null],
    ["Alt", keyPress("t", "KeyT", { altKey: true }), null],
    ["Ctrl", keyPress("k", "KeyK", { ctrlKey: true }), "mod+k"],
    ["Ctrl under Hangul", keyPress("ㅏ", "KeyK", { ctrlKey: true }), "mod+k"],
    ["Ctrl and Shift", keyPress("K", "KeyK", { ctrlKey: true, shiftKey: true }), null],
    ["Ctrl and Enter", keyPress("Enter", "Enter", { ctrlKey: true }), "mod+enter"],
    ["the Windows key", keyPress("k", "KeyK", { metaKey: true }), null],
    ["a composition", keyPress("ㅅ", "KeyT", { isComposing: true }), null],
    ["the end of a composition in Safari", keyPress("Enter", "Enter", { keyCode: 229 }), null],
    ["what fills in forms", keyPress(undefined as unknown as string, ""), null],
  ])("%s", (_keyboard, event, stroke) => {
    expect(strokeOf(event, false)).toBe(stroke);
  });

  it.each<[keyboard: string, event: Press, stroke: string | null]>([
    ["⌘", keyPress("k", "KeyK", { metaKey: true }), "mod+k"],
    ["⌘ under Hangul", keyPress("ㅏ", "KeyK", { metaKey: true }), "mod+k"],
    ["Control", keyPress("k", "KeyK", { ctrlKey: true }), null],
    ["[ with Option", keyPress("[", "Digit5", { altKey: true }), "["],
    ["another sign with Option", keyPress("†", "KeyT", { altKey: true }), null],
  ])("on an Apple keyboard: %s", (_keyboard, event, stroke) => {
    expect(strokeOf(event, true)).toBe(stroke);
  });
});

it.each<[Keys, boolean]>([
  ["t", true],
  ["?", true],
  ["g l", true],
  ["down", false],
  ["mod+k", false],
  ["mod+enter", false],
])("%s is a character: %s", (keys, expected) => {
  expect(areCharacters(keys)).toBe(expected);
});

describe("keyNames and isApple", () => {
  it.each<[Keys, apple: string[], elsewhere: string[]]>([
    ["t", ["T"], ["T"]],
    ["?", ["?"], ["?"]],
    ["g l", ["G", "L"], ["G", "L"]],
    ["up", ["↑"], ["↑"]],
    ["mod+k", ["⌘K"], ["Ctrl K"]],
    ["mod+enter", ["⌘↵"], ["Ctrl Enter"]],
  ])("%s", (keys, apple, elsewhere) => {
    expect(keyNames(keys, true)).toEqual(apple);
    expect(keyNames(keys, false)).toEqual(elsewhere);
  });

  it.each([
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15", true],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", true],
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64)", false],
    ["Mozilla/5.0 (X11; Linux x86_64)", false],
    [null, false],
  ])("%s: %s", (userAgent, apple) => {
    expect(isApple(userAgent)).toBe(apple);
  });
});

describe("createKeyHandler", () => {
  let ran: string[] = [];
  let time = 0;
  let handle: ((event: KeyboardEvent) => void) | null = null;

  function command(keys: Keys, more: Partial<Command> = {}): Command {
    return {
      id: keys,
      label: keys,
      group: "desk",
      keys,
      run: () => ran.push(more.id ?? keys),
      ...more,
    };
  }

  function listen(commands: readonly Command[], singleKeys = true) {
    handle = createKeyHandler({
      commands: () => commands,
      apple: false,
      singleKeys,
      now: () => time,
    });
    document.addEventListener("keydown", handle);
  }

  /** Presses a key and tells whether a command took it. */
  function press(key: string, init: KeyboardEventInit = {}, on: Element = document.body): boolean {
    const code = /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : "";
    const event = new KeyboardEvent("keydown", {
      key,
      code,
      bubbles: true,
      cancelable: true,
      ...init,
    });
    on.dispatchEvent(event);
    return event.defaultPrevented;
  }

  beforeEach(() => {
    ran = [];
    time = 5000;
  });
  afterEach(() => {
    if (handle) document.removeEventListener("keydown", handle);
    document.body.innerHTML = "";
  });

  it("runs the command of a key, and takes the key", () => {
    listen([command("t"), command("e")]);
    expect(press("t")).toBe(true);
    expect(press("x")).toBe(false);
    expect(ran).toEqual(["t"]);
  });

  it("runs it under Hangul, unless a syllable is being composed", () => {
    listen([command("t")]);
    press("ㅅ", { code: "KeyT", isComposing: true });
    press("Process", { code: "KeyT", keyCode: 229 });
    expect(ran).toEqual([]);
    press("ㅅ", { code: "KeyT" });
    expect(ran).toEqual(["t"]);
  });

  it.each([
    "<input>",
    "<input type=search>",
    "<textarea></textarea>",
    "<select></select>",
    "<div role=textbox></div>",
    "<div role=menu><button></button></div>",
    '<div contenteditable="true"></div>',
  ])("leaves keys to %s", (html) => {
    document.body.innerHTML = html;
    const field = document.querySelector("button") ?? document.body.children[0];
    listen([command("t"), command("down"), command("mod+k")]);
    expect(press("t", {}, field)).toBe(false);
    expect(press("ArrowDown", {}, field)).toBe(false);
    expect(press("k", { ctrlKey: true }, field)).toBe(true);
    expect(ran).toEqual(["mod+k"]);
  });

  it.each(["<input type=checkbox>", "<button></button>", "<a href=/></a>"])(
    "works from %s",
    (html) => {
      document.body.innerHTML = html;
      listen([command("t")]);
      press("t", {}, document.body.children[0]);
      expect(ran).toEqual(["t"]);
    },
  );

  it("takes two letters one after the other, if the second comes in time", () => {
    listen([command("g l"), command("l")]);
    press("g");
    press("l");
    expect(ran).toEqual(["g l"]);

    press("g");
    time += 1001;
    press("l");
    expect(ran).toEqual(["g l", "l"]);
  });

  it("takes the second letter for itself when it continues nothing", () => {
    listen([command("g l"), command("t")]);
    press("g");
    press("t");
    press("l");
    expect(ran).toEqual(["t"]);
  });

  it("lets Shift go by between two letters, and no field", () => {
    document.body.innerHTML = "<input>";
    listen([command("g l")]);
    press("g");
    press("Shift", { shiftKey: true });
    press("l");
    expect(ran).toEqual(["g l"]);
    press("g");
    press("x", {}, document.body.children[0]);
    press("l");
    expect(ran).toEqual(["g l"]);
  });

  it("knows no characters when they are switched off", () => {
    listen([command("t"), command("?"), command("g l"), command("mod+k"), command("down")], false);
    for (const key of ["t", "?", "g", "l", "ArrowDown"]) press(key);
    press("k", { ctrlKey: true });
    expect(ran).toEqual(["down", "mod+k"]);
  });

  it("gives a key to the last command that has it", () => {
    listen([command("t", { id: "first" }), command("t", { id: "last" })]);
    press("t");
    expect(ran).toEqual(["last"]);
  });

  it("runs once for a key that is held, unless the command repeats", () => {
    listen([command("e"), command("j", { repeats: true })]);
    expect(press("e", { repeat: true })).toBe(true);
    press("j");
    press("j", { repeat: true });
    expect(ran).toEqual(["j", "j"]);
  });

  it("leaves a key that somebody else took", () => {
    document.body.innerHTML = "<button></button>";
    listen([command("t")]);
    const button = document.body.children[0];
    button?.addEventListener("keydown", (event) => event.preventDefault());
    press("t", {}, button);
    expect(ran).toEqual([]);
  });
});
