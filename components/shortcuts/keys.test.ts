import { describe, expect, it } from "vitest";
import { areCharacters, type Keys, strokeOf } from "./keys";

type Press = Parameters<typeof strokeOf>[0];

/** A press without modifiers, on a keyboard that says as much as a browser does. */
function press(key: string, code: string, held: Partial<Press> & { altGraph?: true } = {}): Press {
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
  it.each<[keyboard: string, press: Press, stroke: string | null]>([
    ["Latin", press("t", "KeyT"), "t"],
    ["Latin with Caps Lock", press("T", "KeyT"), "t"],
    ["Latin with Shift", press("T", "KeyT", { shiftKey: true }), null],
    ["Hangul", press("ㅅ", "KeyT"), "t"],
    ["Hangul with Shift", press("ㅆ", "KeyT", { shiftKey: true }), null],
    ["kana", press("か", "KeyT"), "t"],
    ["full width", press("ｔ", "KeyT"), "t"],
    ["Cyrillic", press("е", "KeyT"), "t"],
    ["AZERTY, where A lies on Q", press("a", "KeyQ"), "a"],
    ["QWERTZ, where Z lies on Y", press("z", "KeyY"), "z"],
    ["Dvorak", press("t", "KeyK"), "t"],
    ["a letter that is no command's", press("ö", "Semicolon"), null],
    ["/", press("/", "Slash"), "/"],
    ["/ on QWERTZ", press("/", "Digit7", { shiftKey: true }), "/"],
    ["/ on pinyin", press("、", "Slash"), "/"],
    ["/ on kana", press("め", "Slash"), "/"],
    ["what AZERTY has on the place of /", press("!", "Slash"), "!"],
    ["?", press("?", "Slash", { shiftKey: true }), "?"],
    ["? on QWERTZ", press("?", "Minus", { shiftKey: true }), "?"],
    ["? on AZERTY", press("?", "KeyM", { shiftKey: true }), "?"],
    ["? on pinyin", press("？", "Slash", { shiftKey: true }), "?"],
    ["? on kana", press("・", "Slash", { shiftKey: true }), "?"],
    ["[", press("[", "BracketLeft"), "["],
    ["[ on pinyin", press("【", "BracketLeft"), "["],
    ["[ on a Japanese keyboard", press("「", "BracketRight"), "["],
    ["] on a Japanese keyboard", press("」", "Backslash"), "]"],
    ["[ with AltGr", press("[", "Digit8", { ctrlKey: true, altKey: true, altGraph: true }), "["],
    ["an arrow", press("ArrowDown", "ArrowDown"), "down"],
    ["an arrow with Shift", press("ArrowDown", "ArrowDown", { shiftKey: true }), null],
    ["Alt", press("t", "KeyT", { altKey: true }), null],
    ["Ctrl", press("k", "KeyK", { ctrlKey: true }), "mod+k"],
    ["Ctrl under Hangul", press("ㅏ", "KeyK", { ctrlKey: true }), "mod+k"],
    ["Ctrl and Shift", press("K", "KeyK", { ctrlKey: true, shiftKey: true }), null],
    ["Ctrl and Enter", press("Enter", "Enter", { ctrlKey: true }), "mod+enter"],
    ["the Windows key", press("k", "KeyK", { metaKey: true }), null],
    ["a composition", press("ㅅ", "KeyT", { isComposing: true }), null],
    ["the end of a composition in Safari", press("Enter", "Enter", { keyCode: 229 }), null],
    ["what fills in forms", press(undefined as unknown as string, ""), null],
  ])("%s", (_keyboard, event, stroke) => {
    expect(strokeOf(event, false)).toBe(stroke);
  });

  it.each<[keyboard: string, press: Press, stroke: string | null]>([
    ["⌘", press("k", "KeyK", { metaKey: true }), "mod+k"],
    ["⌘ under Hangul", press("ㅏ", "KeyK", { metaKey: true }), "mod+k"],
    ["Control", press("k", "KeyK", { ctrlKey: true }), null],
    ["[ with Option", press("[", "Digit5", { altKey: true }), "["],
    ["another sign with Option", press("†", "KeyT", { altKey: true }), null],
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
