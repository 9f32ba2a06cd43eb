import { CopyButton } from "@/components/ui/copy-button";
import { visibleText } from "@/lib/visible-text";

type IdentifierProps = { id: string; copyLabel: string };

/** Longer ids lose their middle: both ends are what people compare. */
const SHOWN = 32;
const TAIL = 8;

/** An id: truncated in the middle when long, copied whole. */
export function Identifier({ id, copyLabel }: IdentifierProps) {
  const shown = visibleText(id);
  const head = shown.length > SHOWN ? shown.slice(0, -TAIL) : shown;
  return (
    <span className="flex min-w-0 items-center gap-1">
      <bdi title={shown} className="min-w-0 truncate whitespace-nowrap font-mono text-dense">
        {head === shown ? (
          shown
        ) : (
          <>
            <span className="inline-block max-w-[calc(100%-8ch)] truncate align-bottom">
              {head}
            </span>
            {shown.slice(-TAIL)}
          </>
        )}
      </bdi>
      <CopyButton value={id} label={copyLabel} />
    </span>
  );
}
