export const DENSITIES = ["compact", "comfortable", "roomy"] as const;

export type Density = (typeof DENSITIES)[number];

/** How somebody has arranged a table. What is not mentioned lies as the table itself has it. */
export type TableLayout = {
  readonly density: Density;
  /** Column ids from left to right. */
  readonly order: readonly string[];
  /** Pixels, by column id. */
  readonly widths: Readonly<Record<string, number>>;
  /** Columns that stay in sight when the table is scrolled sideways, besides those that always do. */
  readonly pinned: readonly string[];
};

export const DEFAULT_LAYOUT: TableLayout = {
  density: "comfortable",
  order: [],
  widths: {},
  pinned: [],
};

export const MIN_WIDTH = 60;
export const MAX_WIDTH = 800;

type Placed = { readonly id: string; readonly pinned?: boolean };

/** The columns from left to right: those always pinned, those somebody pinned, the others. */
export function orderedColumns<Column extends Placed>(
  columns: readonly Column[],
  layout: TableLayout,
): Column[] {
  const ids = woven(
    layout.order,
    columns.map(({ id }) => id),
  );
  const placed = columns.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  return [0, 1, 2].flatMap((zone) => placed.filter((column) => zoneOf(column, layout) === zone));
}

export function isPinned(column: Placed, layout: TableLayout): boolean {
  return zoneOf(column, layout) < 2;
}

/** The column that many places further right, or left if negative; null where nothing is to move past. */
export function movedBy<Column extends Placed>(
  columns: readonly Column[],
  layout: TableLayout,
  id: string,
  places: number,
): TableLayout | null {
  const shown = orderedColumns(columns, layout);
  const from = shown.findIndex((column) => column.id === id);
  const [column, neighbour] = [shown[from], shown[from + places]];
  if (!column || !neighbour || zoneOf(column, layout) !== zoneOf(neighbour, layout)) return null;
  const next = shown.map((other) => other.id).filter((other) => other !== id);
  next.splice(from + places, 0, id);
  // Columns that are hidden now come back where they were.
  return { ...layout, order: woven(next, layout.order) };
}

export function withWidth(layout: TableLayout, id: string, width: number): TableLayout {
  return { ...layout, widths: { ...layout.widths, [id]: clampedWidth(width) } };
}

export function clampedWidth(width: number): number {
  return Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
}

export function withoutWidth(layout: TableLayout, id: string): TableLayout {
  const { [id]: _, ...widths } = layout.widths;
  return { ...layout, widths };
}

export function withPinToggled(layout: TableLayout, id: string): TableLayout {
  const pinned = layout.pinned.includes(id)
    ? layout.pinned.filter((other) => other !== id)
    : [...layout.pinned, id];
  return { ...layout, pinned };
}

function zoneOf({ id, pinned }: Placed, layout: TableLayout): number {
  if (pinned) return 0;
  return layout.pinned.includes(id) ? 1 : 2;
}

/** The ids in their order, and each that is missing right after the one it follows in the other order. */
function woven(ids: readonly string[], others: readonly string[]): string[] {
  const result = [...new Set(ids)];
  others.forEach((id, index) => {
    if (result.includes(id)) return;
    const before = others[index - 1];
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, id);
  });
  return result;
}
