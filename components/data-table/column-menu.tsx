"use client";

import { useTranslations } from "next-intl";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { floating } from "@/components/ui/floating";
import { type DataTableColumn, type DataTableInstance, movedOrder } from "./table";

type ColumnMenuProps<Data extends object> = {
  table: DataTableInstance<Data>;
  column: DataTableColumn<Data>;
  trigger: ReactNode;
};

/** Everything that can be done with a column without dragging. Rendered when first opened, and open then. */
export function ColumnMenu<Data extends object>({ table, column, trigger }: ColumnMenuProps<Data>) {
  const t = useTranslations("table");
  const { fixed } = column.columnDef.meta ?? {};
  const isPinned = column.getIsPinned() !== false;
  const move = (places: number) => {
    const order = movedOrder(table, column, places);
    return order && (() => table.setColumnOrder(order));
  };
  const isResized = table.state.columnSizing[column.id] !== undefined;
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={`${floating} min-w-44 p-1 text-dense`}
        >
          {column.getCanSort() && <SortItems table={table} column={column} />}
          {!fixed && (
            <Item onSelect={() => column.pin(isPinned ? false : "start")}>
              {t(isPinned ? "unpin" : "pin")}
            </Item>
          )}
          <Item onSelect={move(-1)}>{t("moveLeft")}</Item>
          <Item onSelect={move(1)}>{t("moveRight")}</Item>
          <Item onSelect={isResized ? () => column.resetSize() : null}>{t("resetWidth")}</Item>
          {column.getCanHide() && (
            <Item onSelect={() => column.toggleVisibility(false)}>{t("hide")}</Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function SortItems<Data extends object>({ table, column }: Omit<ColumnMenuProps<Data>, "trigger">) {
  const t = useTranslations("table");
  const { sorting } = table.state;
  const isSorted = column.getIsSorted() !== false;
  const keepsOthers = sorting.length > 1 && isSorted;
  return (
    <>
      <Item onSelect={() => column.toggleSorting(false, keepsOthers)}>{t("sortAscending")}</Item>
      <Item onSelect={() => column.toggleSorting(true, keepsOthers)}>{t("sortDescending")}</Item>
      {sorting.length > 0 && !isSorted && (
        <Item onSelect={() => column.toggleSorting(undefined, true)}>{t("addToSort")}</Item>
      )}
      <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />
    </>
  );
}

/** Disabled where there is nothing to do. */
function Item({ onSelect, children }: { onSelect: (() => void) | null; children: ReactNode }) {
  return (
    <DropdownMenu.Item
      disabled={onSelect === null}
      onSelect={() => onSelect?.()}
      className="flex h-7 cursor-pointer items-center rounded-mark px-2 outline-none data-disabled:cursor-default data-highlighted:bg-hover data-disabled:opacity-50"
    >
      {children}
    </DropdownMenu.Item>
  );
}
