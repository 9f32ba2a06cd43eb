import { X } from "lucide-react";
import { Phrase } from "./phrase";

type FilterChipProps = { words: string; label: string; onRemove: () => void };

/** One thing that is in effect, in words, with the button that takes it back. */
export function FilterChip({ words, label, onRemove }: FilterChipProps) {
  return (
    <li className="inline-flex h-7 min-w-0 max-w-full items-center gap-1 rounded-control border border-line bg-accent-soft pl-2 text-accent-ink text-dense">
      <span className="min-w-0 truncate sm:max-w-96" title={words}>
        <Phrase words={words} />
      </span>
      <button
        type="button"
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-control hover:bg-hover"
        onClick={onRemove}
      >
        <span className="sr-only">
          <Phrase words={label} />
        </span>
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}
