"use client";

import { useTranslations } from "next-intl";
import type { WholeSetProgress } from "@/lib/chat-api/whole-set-progress";

/** What is not right with a list that was read to its end, as far as it can be told. */
export function Changed(progress: Omit<WholeSetProgress, "answers">) {
  const t = useTranslations("wholeSet");
  const { read, total, duplicates, unreadableRows, totalChanged } = progress;
  return (
    <>
      {(duplicates > 0 || totalChanged) && <p>{t("changed", { duplicates })}</p>}
      {unreadableRows > 0 && <p>{t("unreadableRows", { rows: unreadableRows })}</p>}
      {read !== total && <p>{t("miscounted", { read, total })}</p>}
    </>
  );
}
