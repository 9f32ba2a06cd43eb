import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

/** The shape of what comes. */
export function OverviewPending() {
  const t = useTranslations("overview");
  return (
    <div aria-busy className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <h1 className="font-semibold text-title">{t("title")}</h1>
      <p className="sr-only">{t("reading")}</p>
      <Skeleton className="h-18 w-full" />
      <div className="grid gap-x-8 gap-y-6 md:grid-cols-2">
        {["gainers", "losers", "silent", "gone"].map((list) => (
          <Skeleton key={list} className="h-64 w-full" />
        ))}
      </div>
    </div>
  );
}
