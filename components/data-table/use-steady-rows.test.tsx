// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from "@testing-library/react";
import { useRef } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { useSteadyRows } from "./use-steady-rows";

type Row = { id: string; count: number };
const rows = (...counts: [string, number][]): Row[] => counts.map(([id, count]) => ({ id, count }));

let isOver = false;
afterEach(() => {
  cleanup();
  isOver = false;
});

function Table({ rows, list = "one" }: { rows: readonly Row[]; list?: string }) {
  const held = useRef<HTMLUListElement>(null);
  const shown = useSteadyRows({ rows, list, idOf: ({ id }) => id, held });
  const hold = (element: HTMLUListElement | null) => {
    held.current = element;
    if (element) vi.spyOn(element, "matches").mockImplementation(() => isOver);
  };
  return (
    <ul ref={hold}>
      {shown.map(({ id, count }) => (
        <li key={id}>{`${id}${count}`}</li>
      ))}
    </ul>
  );
}

const BEFORE = rows(["a", 3], ["b", 2], ["c", 1]);
const AFTER = rows(["b", 9], ["a", 4], ["d", 3]);

it("shows a new order at once where no pointer is", () => {
  const { container, rerender } = render(<Table rows={BEFORE} />);
  rerender(<Table rows={AFTER} />);
  expect(container.textContent).toBe("b9a4d3");
});

it("keeps each row in its place under the pointer, with new values, until it leaves", () => {
  const { container, rerender } = render(<Table rows={BEFORE} />);
  isOver = true;
  rerender(<Table rows={AFTER} />);
  expect(container.textContent).toBe("a4b9c1");
  rerender(<Table rows={AFTER} />);
  expect(container.textContent).toBe("a4b9c1");
  isOver = false;
  const list = container.querySelector("ul");
  if (list) fireEvent.pointerLeave(list);
  expect(container.textContent).toBe("b9a4d3");
});

it("shows another list at once, also under the pointer", () => {
  const { container, rerender } = render(<Table rows={BEFORE} />);
  isOver = true;
  rerender(<Table rows={AFTER} list="two" />);
  expect(container.textContent).toBe("b9a4d3");
});
