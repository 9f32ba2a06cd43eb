import type { ReactNode } from "react";
import type { Field } from "@/lib/chat-api/types";

type MaskProps = {
  field: Field;
  label: string;
  /** What pressing it does, in a word; nothing where it is too narrow for one. */
  children?: ReactNode;
};

/** In the place of a value that is masked: asks to reveal it. The room listens, so that a row stays light. */
export function Mask({ field, label, children }: MaskProps) {
  return (
    <button
      type="button"
      data-reveal={field}
      aria-label={label}
      title={label}
      className="inline-flex min-h-6 items-center gap-1.5 rounded-mark text-accent-ink underline-offset-4 hover:underline"
    >
      <span aria-hidden className="text-muted">
        ••••
      </span>
      {children}
    </button>
  );
}
