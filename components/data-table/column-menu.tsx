"use client";

import { useTranslations } from "next-intl";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { floating } from "@/components/ui/floating";
import type { HeaderCellProps } from "./header-cell";
import { movedBy, type TableLayout, withoutWidth, withPinToggled } from "./layout";
import { ColumnMenuButton } from "./lazy-column-menu";
import { type TableSort, withSort } from "./sorting";

/** All that can be done with a column, without dragging. Made when first opened, and open from then. */
export function ColumnMenu<Row, Id extends string>(props: HeaderCellProps<Row, Id>) {
  const { lane, columns, layout, onLayout, onHide } = props;
  const t = useTranslations("table");
  const { id, header, numeric, pinned, required } = lane.column;
  const move = (places: number) => {
    const next = movedBy(columns, layout, id, places);
    return next && (() => onLayout(next));
  };
  const change = (next: TableLayout) => () => onLayout(next);
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>
        <ColumnMenuButton header={header} side={numeric ? "left" : "right"} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className={`${floating} min-w-44 p-1 text-dense`}
        >
          <SortItems {...props} />
          {!pinned && (
            <Item onSelect={change(withPinToggled(layout, id))}>
              {t(layout.pinned.includes(id) ? "unpin" : "pin")}
            </Item>
          )}
          <Item onSelect={move(-1)}>{t("moveLeft")}</Item>
          <Item onSelect={move(1)}>{t("moveRight")}</Item>
          <Item
            onSelect={layout.widths[id] === undefined ? null : change(withoutWidth(layout, id))}
          >
            {t("resetWidth")}
          </Item>
          {onHide && !required && <Item onSelect={() => onHide(id)}>{t("hide")}</Item>}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function SortItems<Row, Id extends string>({ lane, sorting }: HeaderCellProps<Row, Id>) {
  const t = useTranslations("table");
  const { id, sorts: first } = lane.column;
  if (!sorting || !first) return null;
  const { sorts, onSort } = sorting;
  const sortedBy = sorts.some(({ column }) => column === id);
  const added = sorts.length > 1 && sortedBy;
  const sort = (descending: boolean, add: boolean) => () => {
    const next: TableSort<Id> = { column: id, descending };
    onSort(withSort(sorts, next, add));
  };
  return (
    <>
      <Item onSelect={sort(false, added)}>{t("sortAscending")}</Item>
      <Item onSelect={sort(true, added)}>{t("sortDescending")}</Item>
      {sorts.length > 0 && !sortedBy && (
        <Item onSelect={sort(first === "descending", true)}>{t("addToSort")}</Item>
      )}
      <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />
    </>
  );
}

/** Where there is nothing to do, it says so by being disabled. */
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
