"use client";

import { Check, Copy, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { type CopyOutcome, copyText, OUTCOME_SHOWN } from "./copy-text";
import { floating } from "./floating";
import { IconButton } from "./icon-button";

/** Copies a value whole. The label says what: "Copy channel ID". */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const t = useTranslations("ui");
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(setOutcome, OUTCOME_SHOWN[outcome], null);
    return () => clearTimeout(timer);
  }, [outcome]);

  return (
    <span className="relative inline-flex">
      <IconButton label={label} small onClick={async () => setOutcome(await copyText(value))}>
        {outcome === "copied" ? (
          <Check aria-hidden className="text-good" />
        ) : outcome === "copyFailed" ? (
          <X aria-hidden className="text-bad" />
        ) : (
          <Copy aria-hidden />
        )}
      </IconButton>
      <span aria-live="polite" className={outcome === "copyFailed" ? failed : "sr-only"}>
        {outcome && t(outcome)}
      </span>
    </span>
  );
}

const failed = `${floating} absolute top-full right-0 mt-1 w-max max-w-60 px-2 py-1 text-bad text-dense`;
