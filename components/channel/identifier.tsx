import { OpenMark } from "@/components/data-table/open-mark";
import { CopyMark } from "@/components/ui/copy";
import { visibleText } from "@/lib/visible-text";

type IdentifierProps = {
  id: string;
  copyLabel: string;
  /** It opens the row of the table in which it stands. */
  opens?: boolean;
};

/** Longer ids lose their middle: both ends are what people compare. */
const SHOWN = 32;
const TAIL = 8;

/**
 * An id in a CopyRegion: truncated in the middle when long, copied whole. Without hooks, so that a long table may
 * call it instead of rendering a component for each cell.
 */
export function Identifier({ id, copyLabel, opens = false }: IdentifierProps) {
  const shown = visibleText(id);
  const head = shown.length > SHOWN ? shown.slice(0, -TAIL) : shown;
  const text = (
    <bdi title={shown}>
      {head === shown ? (
        shown
      ) : (
        <>
          <span>{head}</span>
          {shown.slice(-TAIL)}
        </>
      )}
    </bdi>
  );
  return (
    <span className="identifier">
      {opens ? OpenMark({ children: text }) : text}
      {CopyMark({ value: id, label: copyLabel })}
    </span>
  );
}
