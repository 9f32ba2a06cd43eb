import { useTranslations } from "next-intl";
import { DataTableSkeleton } from "@/components/data-table/data-table";
import { DEFAULT_COLUMNS } from "./directory-columns";

/** The directory while it is read. */
export function ChannelsPending() {
  const t = useTranslations("channels");
  return (
    <>
      <h1 className="font-semibold text-title">{t("title")}</h1>
      <DataTableSkeleton columns={DEFAULT_COLUMNS.length} label={t("reading")} />
    </>
  );
}
