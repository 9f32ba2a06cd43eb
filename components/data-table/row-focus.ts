/**
 * Moves the focus by that many rows of the table in `root`, to the text that opens the row. Starts at the
 * row with the focus, else at the row that had it last, else before the first row.
 */
export function moveToRow(root: Element | null, step: number): void {
  const table = tableIn(root);
  if (!table) return;
  const from = currentRow(table);
  const last = Number(table.dataset.rows) - 1;
  const index = from === null ? 0 : Math.min(last, Math.max(0, from + step));
  table.dataset.row = String(index);
  const focus = () => rowAt(table, index)?.querySelector<HTMLElement>("[data-open]")?.focus();
  if (rowAt(table, index)) {
    focus();
    return;
  }
  // A row far out of sight is in the document only after the scroll.
  const height = Number.parseFloat(table.style.getPropertyValue("--row"));
  table.parentElement?.scrollTo({ top: index * height });
  requestAnimationFrame(() => requestAnimationFrame(focus));
}

/** Selects the row with the focus, or deselects it. */
export function toggleRow(root: Element | null): void {
  const table = tableIn(root);
  const index = table && currentRow(table);
  if (!table || index === null) return;
  rowAt(table, index)?.querySelector<HTMLElement>("[data-select]")?.click();
}

/** Lets the next move start at the first row, because the table has other rows. */
export function forgetRow(root: Element | null): void {
  delete tableIn(root)?.dataset.row;
}

function tableIn(root: Element | null): HTMLElement | null {
  return root?.matches("table[data-rows]")
    ? (root as HTMLElement)
    : (root?.querySelector<HTMLElement>("table[data-rows]") ?? null);
}

function rowAt(table: HTMLElement, index: number): HTMLElement | null {
  return table.querySelector(`tr[data-index="${index}"]`);
}

/** Returns the index of the row with the focus, or of the row that had it last. */
function currentRow(table: HTMLElement): number | null {
  const focused = document.activeElement?.closest<HTMLElement>("tr[data-index]");
  const index = focused && table.contains(focused) ? focused.dataset.index : table.dataset.row;
  return index === undefined ? null : Number(index);
}
