// @vitest-environment happy-dom
import { createColumnHelper } from "@tanstack/react-table";
import { fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { useMemo, useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { CopyMark } from "@/components/ui/copy-mark";
import en from "@/lib/messages/en.json";
import { DataTable } from "./data-table";
import { DEFAULT_LAYOUT } from "./layout";
import { OpenMark } from "./open-mark";
import { moveToRow, toggleRow } from "./row-focus";
import { type DataColumn, type features, type TableSort, useDataTable } from "./table";
import { useSelection } from "./use-selection";

type Fruit = { readonly id: string; readonly count: number };
type FruitColumn = "id" | "count" | "note";

const fruits: readonly Fruit[] = ["apple", "pear", "plum", "quince", "fig"].map((id, index) => ({
  id,
  count: index,
}));

const helper = createColumnHelper<typeof features, Fruit>();
const columns: readonly DataColumn<Fruit, FruitColumn>[] = [
  {
    ...helper.accessor((row): unknown => row.id, {
      id: "id",
      size: 200,
      cell: ({ row: { original } }) => (
        <>
          <OpenMark>{original.id}</OpenMark>
          <CopyMark value={original.id} label={`Copy ${original.id}`} />
        </>
      ),
    }),
    id: "id",
    header: "Fruit",
  },
  {
    ...helper.accessor((row): unknown => row.count, {
      ...{ id: "count", size: 100, sortDescFirst: true, meta: { numeric: true } },
      cell: ({ row }) => row.original.count,
    }),
    id: "count",
    header: "Count",
  },
  { id: "note", header: "Note", size: 100, enableHiding: false, cell: () => "–" },
];

const allIds = fruits.map(({ id }) => id);
const rowId = ({ id }: Fruit) => id;
const filtered = new Set(["count"]);

function Shop({ pending = false, firstRow = 1, view = "" }) {
  const [layout, setLayout] = useState(DEFAULT_LAYOUT);
  const [shown, setShown] = useState<readonly FruitColumn[]>(["id", "count", "note"]);
  const [sorts, setSorts] = useState<readonly TableSort<FruitColumn>[]>([]);
  const [opened, setOpened] = useState("nothing");
  const { rowSelection, onRowSelectionChange } = useSelection({
    ...{ shown: fruits, list: "", idOf: rowId },
  });
  const table = useDataTable({
    ...{ columns, rows: fruits, rowId, total: 900, shown, layout, sorts },
    ...{ rowSelection, onRowSelectionChange, onLayout: setLayout, onSort: setSorts },
    onHide: (hidden) => setShown(shown.filter((id) => !hidden.includes(id))),
  });
  return (
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <DataTable
        {...{ table, filtered, firstRow }}
        caption="Fruits"
        stale={false}
        view={view}
        density={layout.density}
        sortPending={pending}
        rowName={rowId}
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

describe("the rows in the document", () => {
  function Long({ expected = 0, stale = false }) {
    const rows = useMemo(
      () => Array.from({ length: 150 }, (_, count) => ({ id: `fruit ${count}`, count })),
      [],
    );
    const table = useDataTable({
      ...{ columns, rows, rowId, total: 150, shown: ["id"], sorts: [], rowSelection: {} },
      ...{ layout: DEFAULT_LAYOUT, onLayout: vi.fn(), onSort: vi.fn(), onHide: vi.fn() },
      onRowSelectionChange: vi.fn(),
    });
    return (
      <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
        <DataTable
          {...{ table, filtered, expected, caption: "Fruits", firstRow: 1, view: "" }}
          {...{ stale, density: "compact", sortPending: false }}
        />
      </NextIntlClientProvider>
    );
  }
  const rowCount = () => document.querySelectorAll("tr[data-index]").length;

  it("are the first ones of a list that grows, and all of a short list that is complete", () => {
    const { rerender } = render(<Long expected={900} />);
    expect(rowCount()).toBe(40);
    rerender(<Long />);
    expect(rowCount()).toBe(150);
  });

  it("are dimmed only after others have been waited for", async () => {
    const { rerender } = render(<Long stale />);
    const table = screen.getByRole("table");
    expect(table.getAttribute("aria-busy")).toBe("true");
    expect(table.className).not.toContain("opacity");
    await vi.waitFor(() => expect(table.className).toContain("opacity"));
    rerender(<Long />);
    expect(table.className).not.toContain("opacity");
    rerender(<Long stale />);
    expect(table.className).not.toContain("opacity");
  });
});

describe("the rows by keyboard", () => {
  const focused = () => document.activeElement?.textContent;
  const table = () => screen.getByRole("table");

  it("begin at the first, go on from the last one, and stop at either end", () => {
    const { rerender } = render(<Shop />);
    const seen = [1, 1, -1, -1, -1, 9].map((step) => {
      moveToRow(document.body, step);
      return focused();
    });
    expect(seen).toEqual(["apple", "pear", "apple", "apple", "apple", "fig"]);
    document.querySelector<HTMLElement>(":focus")?.blur();
    moveToRow(document.body, -1);
    expect(focused()).toBe("quince");
    document.querySelector<HTMLElement>(":focus")?.blur();
    rerender(<Shop view="another" />);
    moveToRow(document.body, 1);
    expect(focused()).toBe("apple");
  });

  it("follow the arrow keys inside the table, and leave those with a modifier to the browser", () => {
    render(<Shop />);
    moveToRow(document.body, 1);
    const press = (key: string, more = {}) =>
      fireEvent.keyDown(document.activeElement ?? table(), { key, ...more });
    expect(press("ArrowDown")).toBe(false);
    expect(focused()).toBe("pear");
    expect(press("ArrowDown", { shiftKey: true })).toBe(true);
    expect(press("ArrowLeft")).toBe(true);
    expect(focused()).toBe("pear");
    expect(fireEvent.keyDown(header("Fruit"), { key: "ArrowDown" })).toBe(true);
    press("ArrowUp");
    expect(focused()).toBe("apple");
  });

  it("are selected and deselected where the focus is", () => {
    render(<Shop />);
    toggleRow(document.body);
    expect(selectedIds()).toEqual([]);
    moveToRow(document.body, 1);
    moveToRow(document.body, 1);
    toggleRow(document.body);
    expect(selectedIds()).toEqual(["pear"]);
    toggleRow(document.body);
    expect(selectedIds()).toEqual([]);
  });
});

describe("DataTable", () => {
  it("says how many rows there are, and where each row stands", () => {
    render(<Shop firstRow={101} />);
    const table = screen.getByRole("table", { name: "Fruits" });
    expect(table.getAttribute("aria-rowcount")).toBe("901");
    const rows = screen.getAllByRole("row").map((row) => row.getAttribute("aria-rowindex"));
    expect(rows).toEqual(["1", "102", "103", "104", "105", "106"]);
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

  it("goes from the first direction to the other and to none, and a press alone drops other sorts", () => {
    render(<Shop />);
    const presses = [
      ["Fruit", "ascending", null],
      ["Fruit", "descending", null],
      ["Fruit", null, null],
      ["Count", null, "descending"],
      ["Count", null, "ascending"],
      ["Fruit", "ascending", null],
    ] as const;
    for (const [name, ...expected] of presses) {
      press(name);
      expect(sorted()).toEqual([...expected, null]);
    }
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
    const edge = screen.getByRole("separator", { name: "Resize Count" });
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

  it("gives a column another width by a pull, and changes nothing by a press", () => {
    render(<Shop />);
    const edge = screen.getByRole("separator", { name: "Resize Count" });
    const width = () => Number(edge.getAttribute("aria-valuenow"));
    fireEvent.mouseDown(edge, { button: 0, clientX: 300 });
    fireEvent.mouseUp(document, { clientX: 300 });
    fireEvent.mouseMove(document, { clientX: 340 });
    expect(width()).toBe(100);
    fireEvent.mouseDown(edge, { button: 0, clientX: 300 });
    fireEvent.mouseMove(document, { clientX: 340 });
    fireEvent.mouseUp(document, { clientX: 350 });
    expect(width()).toBe(150);
    fireEvent.mouseMove(document, { clientX: 500 });
    expect(width()).toBe(150);
  });

  it("moves, pins, resets and hides a column by its menu", async () => {
    render(<Shop />);
    const names = () =>
      screen.getAllByRole("columnheader").map((head) => head.getAttribute("aria-label"));
    const choose = async (column: string, item: string) => {
      fireEvent.click(screen.getByRole("button", { name: `Options for ${column}` }));
      if (screen.queryByRole("menuitem", { name: item }) === null) {
        fireEvent.keyDown(screen.getByRole("button", { name: `Options for ${column}` }), {
          key: "Enter",
        });
      }
      fireEvent.click(await screen.findByRole("menuitem", { name: item }));
    };
    await choose("Fruit", "Move right");
    expect(names()).toEqual(["Count", "Fruit", "Note"]);
    await choose("Note", "Pin");
    expect(names()).toEqual(["Note", "Count", "Fruit"]);
    expect(header("Note").className).toContain("pinned");
    await choose("Count", "Hide column");
    expect(names()).toEqual(["Note", "Fruit"]);
  });

  it("selects a row, a range with Shift, and all", () => {
    render(<Shop />);
    const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });
    fireEvent.click(box("Select quince"));
    expect(selectedIds()).toEqual(["quince"]);
    expect(box("Select the 5 rows on this page").indeterminate).toBe(true);
    fireEvent.click(box("Select pear"), { shiftKey: true });
    expect(selectedIds()).toEqual(["pear", "plum", "quince"]);
    fireEvent.click(box("Select the 5 rows on this page"));
    expect(selectedIds()).toEqual(allIds);
    expect(box("Select the 5 rows on this page").checked).toBe(true);
    fireEvent.click(box("Select the 5 rows on this page"));
    expect(selectedIds()).toEqual([]);
  });

  it("shows another view from its top, without a scroll where it is there already", () => {
    const { rerender } = render(<Shop view="a" />);
    const region = screen.getByRole("region", { name: "Fruits" });
    const scrollTo = vi.spyOn(region, "scrollTo");
    rerender(<Shop view="b" />);
    expect(scrollTo).not.toHaveBeenCalled();
    region.scrollTop = 80;
    fireEvent.scroll(region);
    rerender(<Shop view="b" />);
    expect(scrollTo).not.toHaveBeenCalled();
    rerender(<Shop view="c" />);
    expect(scrollTo).toHaveBeenCalledExactlyOnceWith({ top: 0 });
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
