"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

type ExportScopeProps = {
  /** Rows that match the filters; null while the number is not known. */
  matching: number | null;
  total: number;
  /** Whether every row of the list matches. */
  isAll: boolean;
  /** Columns of the file. */
  columns: number;
  /** The label of each sort column. */
  sorts: readonly { readonly label: string; readonly descending: boolean }[];
  /** The selected rows, of which alone the file is made. Null: of all that match. */
  selected: number | null;
  /** Selected rows that do not change the file. */
  ignored?: number;
  /** A note before the sentence. */
  children?: ReactNode;
};

/** Describes the rows, columns and order of the file in one sentence. */
export function ExportScope(props: ExportScopeProps) {
  const { matching, total, isAll, columns, sorts, selected, ignored = 0, children } = props;
  const t = useTranslations("export");
  const rows =
    selected !== null ? "selected" : isAll ? "all" : matching === null ? "matching" : "counted";
  const by = sorts.map(({ label, descending }) => `${label} ${descending ? "↓" : "↑"}`).join(", ");
  return (
    <>
      <p>
        {children}{" "}
        <span>
          {t("scope.sentence", {
            rows: t(`scope.${rows}`, { matching: matching ?? 0, total, selected: selected ?? 0 }),
            columns: t("scope.columns", { count: columns }),
            order: by === "" ? t("scope.unsorted") : t("scope.sorted", { by }),
          })}
        </span>
      </p>
      {ignored > 0 && <p>{t("notSelected", { count: ignored })}</p>}
    </>
  );
}
