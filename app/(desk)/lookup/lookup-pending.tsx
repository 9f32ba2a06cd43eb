"use client";

import { useTranslations } from "next-intl";
import { DataTableSkeleton } from "@/components/data-table/data-table";
import type { LookupInput } from "./actions";
import { LookupSummary } from "./lookup-summary";

/** A lookup whose answer is on its way to the browser, with the page around it. */
export function LookupPending({ input }: { input: LookupInput }) {
  const t = useTranslations("lookup");
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <LookupSummary subscriberId={input.subscriberId} answer={null} reading onRefresh={null} />
      <DataTableSkeleton columns={input.fields.length + 1} label={t("reading")} />
    </section>
  );
}
