"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";
import type { LinkMemory } from "@/components/shell/link-memory";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { forgetEverybodysLookups } from "./recent/recent";

/** With strict addresses, deletes stored lookups and says when a link does not work. */
export function StrictLookup({ links }: { links: LinkMemory }) {
  const t = useTranslations("links");
  const address = useSearchParams();
  const snapshot = () => links.problemOf(address);
  const problem = useSyncExternalStore(links.subscribe, snapshot, snapshot);

  useEffect(forgetEverybodysLookups, []);

  if (!problem) return null;
  const isPassing = problem === "notStored" || problem === "unreadable";
  return (
    <Alert
      tone="warn"
      action={isPassing && <Button onClick={() => links.retry(address)}>{t("retry")}</Button>}
    >
      <p className="font-medium">{t(`${problem}.happened`)}</p>
      <p>{t(`${problem}.remedy`)}</p>
    </Alert>
  );
}
