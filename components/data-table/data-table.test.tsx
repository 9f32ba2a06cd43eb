// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { CopyMark } from "@/components/ui/copy-mark";
import en from "@/lib/messages/en.json";
import type { DataColumn } from "./column";
import { DataTable } from "./data-table";
import { DEFAULT_LAYOUT } from "./layout";
import { OpenMark } from "./open-mark";
import type { TableSort } from "./sorting";

type Fruit = { readonly id: string; readonly count: number };

const fruits: readonly Fruit[] = ["apple", "pear", "plum", "quince", "fig"].map((id, index) => ({
  id,
  count: index,
}));

const columns: readonly DataColumn<Fruit>[] = [
  {
    id: "id",
    header: "Fruit",
    width: 200,
    sorts: "ascending",
    cell: ({ id }) => (
      <>
        <OpenMark>{id}</OpenMark>
        <CopyMark value={id} label={`Copy ${id}`} />
      </>
    ),
  },
  {
    id: "count",
    header: "Count",
    width: 100,
    numeric: true,
    sorts: "descending",
    cell: (row) => row.count,
  },
  { id: "note", header: "Note", width: 100, cell: () => "–" },
];

const allIds = fruits.map(({ id }) => id);
const rowId = ({ id }: Fruit) => id;

function Shop({ pending = false, firstRow = 1 }) {
  const [layout, setLayout] = useState(DEFAULT_LAYOUT);
  const [sorts, setSorts] = useState<readonly TableSort[]>([]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState("nothing");
  return (
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <DataTable
        caption="Fruits"
        columns={columns}
        rows={fruits}
        rowId={rowId}
        firstRow={firstRow}
        total={900}
        stale={false}
        view=""
        layout={layout}
        onLayout={setLayout}
        sorting={{ sorts, pending, onSort: setSorts }}
        filtered={new Set(["count"])}
        selection={{ selected, onSelect: setSelected, allIds, nameOf: rowId }}
        onOpen={({ id }) => setOpened(id)}
      />
      <output>{opened}</output>
    </NextIntlClientProvider>
  );
}

const header = (name: string) => screen.getByRole("columnheader", { name });
const press = (name: string, shiftKey = false) =>
  fireEvent.click(within(header(name)).getByRole("button", { name }), { shiftKey });
const sorted = () =>
  screen.getAllByRole("columnheader").map((head) => head.getAttribute("aria-sort"));
const selectedIds = () =>
  screen
    .getAllByRole("row")
    .filter((row) => row.getAttribute("aria-selected") === "true")
    .map((row) => row.querySelector("button")?.textContent);

afterEach(cleanup);

describe("DataTable", () => {
  it("says how many rows and columns there are, and where each row stands", () => {
    render(<Shop firstRow={101} />);
    const table = screen.getByRole("table", { name: "Fruits" });
    expect(table.getAttribute("aria-rowcount")).toBe("901");
    expect(table.getAttribute("aria-colcount")).toBe("4");
    const rows = screen.getAllByRole("row").map((row) => row.getAttribute("aria-rowindex"));
    expect(rows).toEqual(["1", "102", "103", "104", "105", "106"]);
    const cells = screen.getAllByRole("row").at(-1)?.querySelectorAll("td") ?? [];
    expect([...cells].map((cell) => cell.getAttribute("aria-colindex"))).toEqual([
      "1",
      "2",
      "3",
      "4",
    ]);
  });

  it("sorts by a press, adds by one with Shift, and shows the places", () => {
    render(<Shop />);
    press("Count");
    expect(sorted()).toEqual([null, "descending", null]);
    press("Fruit", true);
    expect(sorted()).toEqual(["ascending", "descending", null]);
    expect(header("Count").textContent).toBe("Count1");
    press("Count", true);
    press("Count", true);
    expect(sorted()).toEqual(["ascending", null, null]);
    expect(within(header("Note")).queryByRole("button", { name: "Note" })).toBeNull();
  });

  it("claims no order before it is there", () => {
    render(<Shop pending />);
    press("Count");
    expect(sorted()).toEqual([null, null, null]);
    expect(header("Count").querySelector("svg")).not.toBeNull();
  });

  it("tells which column is filtered", () => {
    render(<Shop />);
    const button = within(header("Count")).getByRole("button", { name: "Count" });
    expect(button.getAttribute("aria-description")).toBe("Filtered");
  });

  it("gives a column another width by the arrow keys", () => {
    render(<Shop />);
    const edge = screen.getByRole("separator", { name: "Width of Count" });
    const width = () => Number(edge.getAttribute("aria-valuenow"));
    fireEvent.keyDown(edge, { key: "ArrowRight" });
    expect(width()).toBe(110);
    fireEvent.keyDown(edge, { key: "ArrowLeft", shiftKey: true });
    expect(width()).toBe(60);
    fireEvent.keyDown(edge, { key: "End" });
    expect(width()).toBe(800);
    fireEvent.doubleClick(edge);
    expect(width()).toBe(100);
  });

  it("selects a row, a range with Shift, and all", () => {
    render(<Shop />);
    const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });
    fireEvent.click(box("Select quince"));
    expect(selectedIds()).toEqual(["quince"]);
    expect(box("Select all rows").indeterminate).toBe(true);
    fireEvent.click(box("Select pear"), { shiftKey: true });
    expect(selectedIds()).toEqual(["pear", "plum", "quince"]);
    fireEvent.click(box("Select all rows"));
    expect(selectedIds()).toEqual(allIds);
    expect(box("Select all rows").checked).toBe(true);
    fireEvent.click(box("Select all rows"));
    expect(selectedIds()).toEqual([]);
  });

  it("opens the row whose mark was pressed", () => {
    render(<Shop />);
    fireEvent.click(screen.getByRole("button", { name: "plum" }));
    expect(screen.getByRole("status").textContent).toBe("plum");
  });

  it("copies, says so once, and opens nothing", async () => {
    render(<Shop />);
    const mark = screen.getByRole("button", { name: "Copy pear" });
    fireEvent.click(mark);
    expect(await screen.findByText("Copied")).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe("pear");
    expect(mark.dataset.outcome).toBe("copied");
    expect(screen.getByRole("status").textContent).toBe("nothing");
  });
});
