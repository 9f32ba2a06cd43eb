import { expect, it } from "vitest";
import { isApple } from "./apple";
import { keyNames } from "./key-names";
import type { Keys } from "./keys";

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
