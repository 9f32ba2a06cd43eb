import { isHeader, unwrapped } from "@/lib/paste/unwrap";
import { subscriberIdProblem } from "@/lib/subscriber-id";

export type PastedIds = {
  /** Distinct, in the order of the text. */
  readonly ids: readonly string[];
  /** The number of cells that were skipped. */
  readonly ignored: number;
};

/**
 * Finds the channel ids in a list, a column or an exported table. If some cells look like the vendor's ids,
 * the others are skipped. Otherwise every cell counts as an id, and the vendor decides.
 */
export function pastedIds(text: string): PastedIds {
  const cells = text
    .split(/[\r\n\t,;，、；]+/)
    .map(unwrapped)
    .filter((cell) => cell !== "");
  const ids = cells.filter((cell) => subscriberIdProblem(cell) === "channel");
  const found = ids.length > 0 ? ids : cells.filter((cell) => !isHeader(cell));
  return { ids: [...new Set(found)], ignored: cells.length - found.length };
}
