"use client";

import { useTranslations } from "next-intl";
import type { Ref } from "react";
import { Button } from "@/components/ui/button";

/** Buttons that somebody still passes with Tab. */
export const SHOWN_IDS = 50;

type RecognisedIdsProps = {
  ids: readonly string[];
  /** The one in the address. */
  subscriber: string;
  onChoose: (id: string) => void;
  ref: Ref<HTMLUListElement>;
};

/** The ids of a pasted column, to look up one after another. */
export function RecognisedIds({ ids, subscriber, onChoose, ref }: RecognisedIdsProps) {
  const t = useTranslations("paste");
  return (
    <ul
      ref={ref}
      aria-label={t("ids")}
      className="mt-2 flex max-h-40 flex-wrap gap-1.5 overflow-y-auto p-1"
    >
      {ids.slice(0, SHOWN_IDS).map((id) => (
        <li key={id}>
          <Button
            aria-current={id === subscriber}
            className={`font-mono ${id === subscriber ? "bg-accent-soft text-accent-ink" : ""}`}
            onClick={() => onChoose(id)}
          >
            {id}
          </Button>
        </li>
      ))}
    </ul>
  );
}
