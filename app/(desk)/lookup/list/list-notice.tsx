"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { Lookup, LookupInput } from "../actions";
import { lookupKey } from "../lookup-query";
import { useReadPages } from "../use-lookup";
import { type ListAnswer, rowCountOf, unreadableValues } from "./list-answer";
import { listDoubt } from "./paging";

type ListNoticeProps = {
  input: LookupInput;
  lookup: Lookup;
};

/** What is not right about the list as the vendor gives it, where something is not. */
export function ListNotice({ input, lookup }: ListNoticeProps) {
  const t = useTranslations("lookup.notices");
  const queries = useQueryClient();
  const pages = useReadPages(input);
  const { offset, total, nextOffset } = lookup;
  const doubt = listDoubt({ offset, total, nextOffset, rowCount: rowCountOf(lookup) }, pages);
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

/** Counts what came in a form that cannot be read: values of the rows, and whole rows. */
export function UnreadableNotice({ answer }: { answer: ListAnswer }) {
  const t = useTranslations("wholeSet");
  const { rows, state, unreadableRows } = answer;
  const values = useMemo(() => unreadableValues(rows), [rows]);
  // After the reading of a whole list its own notice counts the rows.
  const isSaid = state === "changed";
  if (values === 0 && (unreadableRows === 0 || isSaid)) return null;
  return (
    <Alert tone="warn">
      {values > 0 && <p>{t("unreadableValues", { values })}</p>}
      {unreadableRows > 0 && !isSaid && <p>{t("unreadableRows", { rows: unreadableRows })}</p>}
    </Alert>
  );
}
