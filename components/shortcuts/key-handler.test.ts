// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from "vitest";
import { createKeyHandler } from "./key-handler";
import type { Keys } from "./keys";
import type { Command } from "./registry";

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
