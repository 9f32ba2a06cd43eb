"use client";

import { Columns3 } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ColumnGroup } from "./column-picker";
import type { TableLayout } from "./layout";

const load = () => import("./column-picker").then((module) => module.ColumnPicker);

type LazyColumnPickerProps = {
  groups: readonly ColumnGroup[];
  onReset: () => void;
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
};

/** The button of the column picker. The picker is fetched when the pointer or the focus reaches the button. */
export function LazyColumnPicker(props: LazyColumnPickerProps) {
  const [isOpened, setOpened] = useState(false);
  if (isOpened) {
    return <ColumnPicker {...props} trigger={<ColumnsButton groups={props.groups} />} />;
  }
  return (
    <ColumnsButton
      groups={props.groups}
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setOpened(true)}
    />
  );
}

const ColumnPicker = dynamic(load, { ssr: false });

type ColumnsButtonProps = ComponentProps<"button"> & { groups: readonly ColumnGroup[] };

/** Counts the hidden columns too, so that nobody takes the visible ones for all. */
function ColumnsButton({ groups, ...props }: ColumnsButtonProps) {
  const t = useTranslations("table");
  const columns = groups.flatMap((group) => group.columns);
  const shown = columns.filter((column) => column.shown).length;
  return (
    <Button {...props} className="gap-1 !px-2 text-dense">
      <Columns3 aria-hidden className="size-4 text-muted" />
      <span className="max-md:sr-only">{t("columns")}</span>
      <span className="text-muted tabular-nums">
        {shown}/{columns.length}
      </span>
    </Button>
  );
}
