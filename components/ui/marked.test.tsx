import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Marked } from "./marked";

it("marks a changed value anew each time, and nothing when the page opens or draws again", () => {
  const { container, rerender } = render(<Marked value={1}>1</Marked>);
  const shown = () => container.firstElementChild;
  expect(shown()?.className).toBe("");
  rerender(<Marked value={1}>one</Marked>);
  expect(shown()?.className).toBe("");

  rerender(<Marked value={2}>2</Marked>);
  const second = shown();
  expect(second?.className).toBe("changed-value");
  expect(second?.textContent).toBe("2");

  // Drawn again without a change: the animation must not begin again.
  rerender(<Marked value={2}>two</Marked>);
  expect(shown()).toBe(second);
  rerender(<Marked value={null}>–</Marked>);
  expect(shown()).not.toBe(second);
  expect(shown()?.className).toBe("changed-value");
});
