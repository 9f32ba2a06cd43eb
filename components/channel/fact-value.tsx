"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy";
import { Count } from "./count";
import { JsonText } from "./json-text";
import { MomentList } from "./moment-list";
import { TextBlock } from "./text-block";

type FactValueProps = {
  /** What the value is, for the buttons that copy it. */
  label: string;
  value: string | number | Date | null;
  /** How a text is written: as one reads it, as an id or address, or as data of a program. */
  look: "text" | "code" | "data";
  /** What it means that there is none. */
  nothing: string;
};

/** One value whole and exact, with a button that copies it. */
export function FactValue({ label, value, look, nothing }: FactValueProps) {
  const t = useTranslations("drawer");
  if (value === null) return <span className="text-muted">{nothing}</span>;
  if (value instanceof Date) return <MomentList at={value} label={label} />;
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        {typeof value === "number" ? (
          <Count value={value} />
        ) : look === "data" ? (
          <JsonText text={value} />
        ) : (
          <TextBlock text={value} className={look === "code" ? "break-all font-mono" : ""} />
        )}
      </div>
      <CopyButton value={String(value)} label={t("copy", { what: label })} />
    </div>
  );
}
