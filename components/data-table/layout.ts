export const DENSITIES = ["compact", "comfortable", "roomy"] as const;

export type Density = (typeof DENSITIES)[number];

/** Pixels of a row on a wide screen: a picture of 28, the space around it, and a line. */
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = {
  compact: 33,
  comfortable: 41,
  roomy: 49,
};

/** How a person has arranged a table. A column that is not mentioned keeps the default of the table. */
export type TableLayout = {
  readonly density: Density;
  /** Column ids from left to right. */
  readonly order: readonly string[];
  /** Pixels, by column id. */
  readonly widths: Readonly<Record<string, number>>;
  /** Pinned columns, besides those that are always pinned. */
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

/** Returns whole pixels within the limits of a column. */
export function clampedWidth(width: number): number {
  return Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
}

type Column = {
  readonly id: string;
  /** Always pinned, whatever a person pins besides. */
  readonly fixed: boolean;
};

/** Returns all column ids from left to right: always pinned, pinned by the person, others. */
export function columnOrder(columns: readonly Column[], layout: TableLayout): string[] {
  const ids = completed(
    layout.order,
    columns.map(({ id }) => id),
  );
  const known = ids.flatMap((id) => columns.find((column) => column.id === id) ?? []);
  return [0, 1, 2].flatMap((zone) =>
    known.filter((column) => zoneOf(column, layout) === zone).map(({ id }) => id),
  );
}

/** Returns the ids of the pinned columns in their order. */
export function pinnedColumns(columns: readonly Column[], layout: TableLayout): string[] {
  const isPinned = (id: string) => columns.some((column) => column.id === id && column.fixed);
  return columnOrder(columns, layout).filter((id) => isPinned(id) || layout.pinned.includes(id));
}

function zoneOf({ id, fixed }: Column, layout: TableLayout): number {
  if (fixed) return 0;
  return layout.pinned.includes(id) ? 1 : 2;
}

/** Returns `ids`, with each missing id inserted after the one that precedes it in `others`. */
function completed(ids: readonly string[], others: readonly string[]): string[] {
  const result = [...new Set(ids)];
  others.forEach((id, index) => {
    if (result.includes(id)) return;
    const before = others[index - 1];
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, id);
  });
  return result;
}
