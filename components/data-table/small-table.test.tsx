// @vitest-environment happy-dom
import { fireEvent, render, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { SmallTable } from "./small-table";

const columns = [
  { name: "Fruit", sorted: "ascending" as const },
  { name: "Count", label: "Count", isNumber: true },
];

test("names rows and columns, and says how they are sorted", () => {
  render(<SmallTable title="Fruits" columns={columns} rows={[{ key: 1, cells: ["apple", 7] }]} />);
  const table = within(screen.getByRole("table", { name: "Fruits" }));
  expect(table.getByRole("columnheader", { name: "Fruit" }).getAttribute("aria-sort")).toBe(
    "ascending",
  );
  expect(table.getByRole("rowheader").textContent).toBe("apple");
  expect(table.getByRole("cell").textContent).toBe("7");
  expect(table.getByRole("cell").dataset.label).toBe("Count");
});

test("marks that columns are out of sight at its right", () => {
  const observed = new Set<() => void>();
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(callback: () => void) {
        observed.add(callback);
      }
      observe() {}
      disconnect() {}
    },
  );
  render(<SmallTable title="Fruits" columns={columns} rows={[]} />);
  const region = screen.getByRole("region", { name: "Fruits" });
  Object.defineProperty(region, "scrollWidth", { value: 900 });
  Object.defineProperty(region, "clientWidth", { value: 600 });
  for (const callback of observed) callback();
  expect(region.hasAttribute("data-more-after")).toBe(true);
  region.scrollLeft = 300;
  fireEvent.scroll(region);
  expect(region.hasAttribute("data-more-after")).toBe(false);
  vi.unstubAllGlobals();
});

test("keeps what stands in a cell when columns and rows are made anew", () => {
  const table = (text: string) => (
    <SmallTable
      title="Fruits"
      columns={columns.map((column) => ({ ...column }))}
      rows={[{ key: 1, cells: [<input key="name" aria-label="Name" />, text] }]}
      rowHeaders={false}
    />
  );
  const { rerender } = render(table("7"));
  const before = screen.getByRole("textbox");
  fireEvent.change(before, { target: { value: "typed" } });
  rerender(table("8"));
  expect(screen.getByRole("textbox")).toBe(before);
  expect(screen.getByText("8")).toBeTruthy();
  expect(screen.queryByRole("rowheader")).toBeNull();
});
