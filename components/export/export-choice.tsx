"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { EXPORT_FORMATS, type ExportFormat } from "@/lib/export/formats";
import { CsvSeparatorSelect } from "./csv-separator";

/** What the rows of a file are. */
export type ExportedRows = "channels" | "readings";

type ExportChoiceProps = {
  what: ExportedRows;
  format: ExportFormat;
  onFormat: (format: ExportFormat) => void;
};

/** The kinds of file, each with what it is good for. */
export function ExportChoice({ what, format, onFormat }: ExportChoiceProps) {
  const t = useTranslations("export.formats");
  const id = useId();
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t("label")}</legend>
      {EXPORT_FORMATS.map((each) => (
        <div key={each} className="grid grid-cols-[auto_1fr] items-baseline gap-x-2 py-1">
          <input
            type="radio"
            id={`${id}-${each}`}
            name={id}
            checked={each === format}
            onChange={() => onFormat(each)}
            aria-describedby={`${id}-${each}-hint`}
            className="size-4 translate-y-0.5 accent-accent"
          />
          <label htmlFor={`${id}-${each}`} className="min-h-6">
            {t(`${each}.name`)}
          </label>
          <p id={`${id}-${each}-hint`} className="col-start-2 text-dense text-muted">
            {t(`${each}.hint`, { what })}
          </p>
          {each === "csv" && format === "csv" && (
            <div className="col-span-2">
              <CsvSeparatorSelect />
            </div>
          )}
        </div>
      ))}
    </fieldset>
  );
}
