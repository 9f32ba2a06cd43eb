import type { ReactNode } from "react";

type OpenMarkProps = {
  /** What it is called, where its content is no name. */
  label?: string;
  children: ReactNode;
};

/** In a cell: what opens the row. The table listens for it, so that a row stays light. */
export function OpenMark({ label, children }: OpenMarkProps) {
  return (
    <button type="button" data-open="" aria-label={label} className="open-mark">
      {children}
    </button>
  );
}
