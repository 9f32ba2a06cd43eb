export type Selection<Row> = {
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  /** All that can be selected, in the order shown: more than the rows at hand, where these are one page. */
  readonly allIds: readonly string[];
  /** What a row is called: "Select {name}". */
  readonly nameOf: (row: Row) => string;
};

type Selected = Pick<Selection<never>, "selected" | "allIds">;

/** With this id switched, and with it, if there is a place to start from, all from there to it. */
export function switched(
  { selected, allIds }: Selected,
  id: string,
  from: string | null,
): ReadonlySet<string> {
  const start = from === null ? -1 : allIds.indexOf(from);
  const end = allIds.indexOf(id);
  const range = start < 0 ? [id] : allIds.slice(Math.min(start, end), Math.max(start, end) + 1);
  return withAll(selected, range, !selected.has(id));
}

/** Everything, unless that is what is selected already. */
export function switchedAll({ selected, allIds }: Selected): ReadonlySet<string> {
  return withAll(selected, allIds, howMany({ selected, allIds }) !== "all");
}

export function howMany({ selected, allIds }: Selected): "none" | "some" | "all" {
  if (selected.size === 0 || allIds.length === 0) return "none";
  const count = allIds.reduce((sum, id) => sum + Number(selected.has(id)), 0);
  if (count === 0) return "none";
  return count === allIds.length ? "all" : "some";
}

function withAll(selected: ReadonlySet<string>, ids: readonly string[], on: boolean): Set<string> {
  const next = new Set(selected);
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}
