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

/** An id in a CopyRegion: truncated in the middle when long, copied whole. */
export function Identifier({ id, copyLabel, opens = false }: IdentifierProps) {
  const shown = visibleText(id);
  const head = shown.length > SHOWN ? shown.slice(0, -TAIL) : shown;
  const text = (
    <bdi title={shown} className="block min-w-0 truncate font-mono text-dense">
      {head === shown ? (
        shown
      ) : (
        <>
          <span className="inline-block max-w-[calc(100%-8ch)] truncate align-bottom">{head}</span>
          {shown.slice(-TAIL)}
        </>
      )}
    </bdi>
  );
  return (
    <span className="flex min-w-0 items-center gap-1">
      {opens ? <OpenMark>{text}</OpenMark> : text}
      <CopyMark value={id} label={copyLabel} />
    </span>
  );
}
