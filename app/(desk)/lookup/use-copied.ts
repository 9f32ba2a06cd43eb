"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { type CopyOutcome, copyText, OUTCOME_SHOWN } from "@/components/ui/copy-text";

/** Copies a text, and says for a while what became of it. */
export function useCopied(): readonly [said: string, copy: (text: string) => void] {
  const t = useTranslations("ui");
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(setOutcome, OUTCOME_SHOWN[outcome], null);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = (text: string) => void copyText(text).then(setOutcome);
  return [outcome ? t(outcome) : "", copy];
}
