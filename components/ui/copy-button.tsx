"use client";

import { Check, Copy, X } from "lucide-react";
import { floating } from "./floating";
import { IconButton } from "./icon-button";
import { useCopied } from "./use-copied";

/** Copies a value whole. The label says what: "Copy channel ID". */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const { outcome, said, copy } = useCopied();
  return (
    <span className="relative inline-flex">
      <IconButton label={label} small onClick={() => copy(value)}>
        {outcome === "copied" ? (
          <Check aria-hidden className="text-good" />
        ) : outcome === "copyFailed" ? (
          <X aria-hidden className="text-bad" />
        ) : (
          <Copy aria-hidden />
        )}
      </IconButton>
      <span aria-live="polite" className={outcome === "copyFailed" ? failed : "sr-only"}>
        {said}
      </span>
    </span>
  );
}

const failed = `${floating} absolute top-full right-0 mt-1 w-max max-w-60 px-2 py-1 text-bad text-dense`;
