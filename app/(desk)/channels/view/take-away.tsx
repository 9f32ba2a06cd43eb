import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy";
import { env } from "@/lib/env";
import { EXPORT_FORMATS } from "@/lib/export/formats";
import { exportAddress } from "./export-address";
import { type ViewParams, viewAddress } from "./view-params";

/** The same numbers as a file, and the address of this view. */
export function TakeAway({ params }: { params: ViewParams }) {
  const t = useTranslations("trend");
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <span className="text-muted">{t("export")}</span>
      {EXPORT_FORMATS.map((format) => (
        <a
          key={format}
          download
          href={exportAddress(params, format)}
          aria-label={t("exportAs", { format: format.toUpperCase() })}
          className="inline-flex h-8 items-center rounded-mark px-1 text-accent-ink underline-offset-4 hover:underline"
        >
          {format.toUpperCase()}
        </a>
      ))}
      <CopyButton value={new URL(viewAddress(params), env().appUrl).href} label={t("copyLink")} />
    </div>
  );
}
