// @vitest-environment happy-dom
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useSelection } from "./use-selection";

type Row = { readonly id: string; readonly version: number };

const idOf = ({ id }: Row) => id;
const rows = (version: number, ...ids: string[]): Row[] => ids.map((id) => ({ id, version }));

function open() {
  const start = { shown: rows(1, "a", "b", "c"), list: "one" };
  const { result, rerender } = renderHook(
    (given: typeof start) => useSelection({ ...given, idOf }),
    { initialProps: start },
  );
  return {
    rerender,
    select: (...ids: string[]) =>
      act(() =>
        result.current.onRowSelectionChange(Object.fromEntries(ids.map((id) => [id, true]))),
      ),
    clear: () => act(() => result.current.clear()),
    selected: () => result.current.rows.map(({ id, version }) => `${id}${version}`),
    state: () => result.current.rowSelection,
  };
}

test("what is selected stays when other rows are shown", () => {
  const { select, selected, rerender, state } = open();
  select("a", "c");
  rerender({ shown: rows(2, "c", "d"), list: "one" });
  expect(selected()).toEqual(["a1", "c1"]);
  expect(state()).toEqual({ a: true, c: true });
  select("a", "c", "d");
  expect(selected()).toEqual(["a1", "c2", "d2"]);
  select("d");
  expect(selected()).toEqual(["d2"]);
});

test("another list begins with nothing selected, and so does the first when it comes back", () => {
  const { select, selected, rerender, clear } = open();
  select("a");
  rerender({ shown: rows(1, "a"), list: "two" });
  expect(selected()).toEqual([]);
  rerender({ shown: rows(1, "a"), list: "one" });
  expect(selected()).toEqual([]);
  select("a");
  clear();
  expect(selected()).toEqual([]);
});
