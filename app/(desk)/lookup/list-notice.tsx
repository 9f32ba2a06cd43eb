"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { Lookup, LookupInput } from "./actions";
import { lookupKey } from "./lookup-key";
import { listDoubt } from "./paging";
import { useReadPages } from "./use-lookup";

type ListNoticeProps = {
  input: LookupInput;
  lookup: Lookup;
};

/** What is not right about the list as the vendor gives it, where something is not. */
export function ListNotice({ input, lookup }: ListNoticeProps) {
  const t = useTranslations("lookup.notices");
  const queries = useQueryClient();
  const pages = useReadPages(input);
  const { offset, total, nextOffset, subscriptions } = lookup;
  const doubt = listDoubt({ offset, total, nextOffset, rowCount: subscriptions.length }, pages);
  if (doubt === null) return null;
  const readAgain = () =>
    void queries.resetQueries(
      { queryKey: lookupKey(input).slice(0, -1) },
      { cancelRefetch: false },
    );
  return (
    <Alert
      tone="neutral"
      action={doubt === "changed" && <Button onClick={readAgain}>{t("readAgain")}</Button>}
    >
      <p>{t(doubt, { total })}</p>
    </Alert>
  );
}
