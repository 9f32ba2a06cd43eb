import { fireEvent, render, screen } from "@testing-library/react";
import type { KeyboardEvent } from "react";
import { describe, expect, it, vi } from "vitest";
import { Form, Input, keepComposingEnter } from "./field";

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

describe("a form", () => {
  it("returns the text of its fields, is not sent, and keeps the Enter of a composition", () => {
    const entered: string[] = [];
    render(
      <Form aria-label="Add" onSubmit={(text) => entered.push(text("name"), text("missing"))}>
        <Input aria-label="Name" name="name" defaultValue="수원" />
      </Form>,
    );
    // False: the browser does not send it.
    expect(fireEvent.submit(screen.getByRole("form", { name: "Add" }))).toBe(false);
    expect(entered).toEqual(["수원", ""]);
    const field = screen.getByRole("textbox", { name: "Name" });
    expect(fireEvent.keyDown(field, { key: "Enter", isComposing: true })).toBe(false);
    expect(fireEvent.keyDown(field, { key: "Enter" })).toBe(true);
  });
});
