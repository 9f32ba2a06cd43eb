import { Columns3 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import type { ColumnGroup } from "./column-picker";

type ColumnsButtonProps = ComponentProps<"button"> & { groups: readonly ColumnGroup[] };

/** Counts the hidden columns too, so that nobody takes what is shown for all there is. */
export function ColumnsButton({ groups, ...props }: ColumnsButtonProps) {
  const t = useTranslations("table");
  const columns = groups.flatMap((group) => group.columns);
  const shown = columns.filter((column) => column.shown).length;
  return (
    <Button {...props} className="gap-1 !px-2 text-dense">
      <Columns3 aria-hidden className="size-4 text-muted" />
      {t("columns")}
      <span className="text-muted tabular-nums">
        {shown}/{columns.length}
      </span>
    </Button>
  );
}
