import type { KeyboardEvent } from "react";
import { describe, expect, it, vi } from "vitest";
import { keepComposingEnter } from "./field";

describe("keepComposingEnter", () => {
  it.each([
    ["an Enter that ends a composition", "Enter", true, 13, true],
    ["the same in Safari", "Enter", false, 229, true],
    ["a plain Enter", "Enter", false, 13, false],
    ["another key in a composition", "a", true, 65, false],
  ])("%s", (_case, key, isComposing, keyCode, kept) => {
    const preventDefault = vi.fn();
    const event = { key, keyCode, nativeEvent: { isComposing }, preventDefault };
    keepComposingEnter(event as unknown as KeyboardEvent);
    expect(preventDefault).toHaveBeenCalledTimes(kept ? 1 : 0);
  });
});
