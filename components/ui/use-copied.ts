"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { type Copyable, type CopyOutcome, copyText, OUTCOME_SHOWN } from "./copy-text";

type Copied = {
  /** What became of the last copy, for a while. */
  readonly outcome: CopyOutcome | null;
  /** The same in words, or nothing. */
  readonly said: string;
  readonly copy: (content: Copyable) => void;
};

export function useCopied(): Copied {
  const t = useTranslations("ui");
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(setOutcome, OUTCOME_SHOWN[outcome], null);
    return () => clearTimeout(timer);
  }, [outcome]);

  return {
    outcome,
    said: outcome ? t(outcome) : "",
    copy: (content) => void copyText(content).then(setOutcome),
  };
}
