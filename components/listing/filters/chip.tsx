import type { ReactNode } from "react";

type ChipProps = {
  title: string;
  children: ReactNode;
  /** The button or link that removes the filter. */
  remove: ReactNode;
};

/** One active filter in a list of chips. */
export function Chip({ title, children, remove }: ChipProps) {
  return (
    <li className="inline-flex h-7 max-w-full items-center gap-1 rounded-control border border-line bg-accent-soft pl-2 text-accent-ink text-dense">
      <span className="min-w-0 truncate sm:max-w-96" title={title}>
        {children}
      </span>
      {remove}
    </li>
  );
}

/** The classes of the button or link that removes a filter. */
export const removeClass =
  "inline-flex size-6 shrink-0 items-center justify-center rounded-control hover:bg-hover";
