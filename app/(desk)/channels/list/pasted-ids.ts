import { isHeader, unwrapped } from "@/lib/paste/unwrap";
import { subscriberIdProblem } from "@/lib/subscriber-id";

export type PastedIds = {
  /** Each once, in their order. */
  readonly ids: readonly string[];
  /** Cells that hold something else. */
  readonly ignored: number;
};

/**
 * The channel ids in a text: a list, a column or a table as a desk exports it. Where some cells look like
 * the vendor's ids, all others are left out; else every cell is taken for one, and the vendor says what it is.
 */
export function pastedIds(text: string): PastedIds {
  const cells = text
    .split(/[\r\n\t,;，、；]+/)
    .map(unwrapped)
    .filter((cell) => cell !== "");
  const ids = cells.filter((cell) => subscriberIdProblem(cell) === "channel");
  const taken = ids.length > 0 ? ids : cells.filter((cell) => !isHeader(cell));
  return { ids: [...new Set(taken)], ignored: cells.length - taken.length };
}
