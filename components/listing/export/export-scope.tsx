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
  /** Selected rows. The file does not depend on the selection. */
  selected: number;
  /** A note before the sentence. */
  children?: ReactNode;
};

/** Describes the rows, columns and order of the file in one sentence. */
export function ExportScope(props: ExportScopeProps) {
  const { matching, total, isAll, columns, sorts, selected, children } = props;
  const t = useTranslations("export");
  const rows = isAll ? "all" : matching === null ? "matching" : "counted";
  const by = sorts.map(({ label, descending }) => `${label} ${descending ? "↓" : "↑"}`).join(", ");
  return (
    <>
      <p>
        {children}{" "}
        <span>
          {t("scope.sentence", {
            rows: t(`scope.${rows}`, { matching: matching ?? 0, total }),
            columns: t("scope.columns", { count: columns }),
            order: by === "" ? t("scope.unsorted") : t("scope.sorted", { by }),
          })}
        </span>
      </p>
      {selected > 0 && <p>{t("notSelected", { count: selected })}</p>}
    </>
  );
}
