"use client";

import { useFormatter, useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy";
import { useAge } from "./relative-time";

type MomentListProps = {
  at: Date;
  /** Which moment, for the buttons that copy it. */
  label: string;
};

/** A moment in every way in which people pass one on. */
export function MomentList({ at, label }: MomentListProps) {
  const t = useTranslations("drawer");
  const format = useFormatter();
  const forms = {
    relative: useAge(at, at),
    local: format.dateTime(at, "exact"),
    utc: at.toISOString().replace(".000Z", "Z"),
    unix: String(at.getTime() / 1000),
  };
  return (
    <ul className="grid gap-0.5">
      {(Object.keys(forms) as (keyof typeof forms)[]).map((form) => (
        <li key={form} className="flex items-center gap-2">
          <span className="w-28 shrink-0 text-dense text-muted">{t(form)}</span>
          <time dateTime={at.toISOString()} className="min-w-0 flex-1 tabular-nums">
            {forms[form]}
          </time>
          <CopyButton value={forms[form]} label={t("copyAs", { what: label, form: t(form) })} />
        </li>
      ))}
    </ul>
  );
}
