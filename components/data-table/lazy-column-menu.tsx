"use client";

import { EllipsisVertical } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import type { ColumnMenu } from "./column-menu";
import type { DataTableColumn, DataTableInstance } from "./table";

const load = () => import("./column-menu").then((module) => module.ColumnMenu);

type LazyColumnMenuProps<Data extends object> = {
  table: DataTableInstance<Data>;
  column: DataTableColumn<Data>;
  label: string;
};

/** The button of a column's menu. The menu is fetched when the pointer or the focus reaches the button. */
export function LazyColumnMenu<Data extends object>(props: LazyColumnMenuProps<Data>) {
  const [Loaded, setLoaded] = useState<typeof ColumnMenu | null>(null);
  const { table, column, label } = props;
  const side = column.columnDef.meta?.numeric ? "left" : "right";
  if (Loaded) {
    return (
      <Loaded table={table} column={column} trigger={<MenuButton label={label} side={side} />} />
    );
  }
  return (
    <MenuButton
      label={label}
      side={side}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={load}
      onFocus={load}
      onClick={async () => {
        const menu = await load();
        setLoaded(() => menu);
      }}
    />
  );
}

type MenuButtonProps = ComponentProps<"button"> & {
  label: string;
  /** The side without the name of the column. */
  side: "left" | "right";
};

/** Visible on hover and focus, and always where there is no pointer to hover with. */
function MenuButton({ label, side, ...props }: MenuButtonProps) {
  const t = useTranslations("table");
  const name = t("optionsFor", { column: label });
  return (
    <button
      type="button"
      {...props}
      aria-label={name}
      title={name}
      className={`absolute inset-y-0 ${side === "left" ? "left-1" : "right-3"} my-auto grid size-6 place-items-center rounded-control bg-raised text-muted opacity-0 hover:bg-hover hover:text-ink focus-visible:opacity-100 group-focus-within/head:opacity-100 group-hover/head:opacity-100 aria-expanded:opacity-100 max-sm:hidden pointer-coarse:opacity-100`}
    >
      <EllipsisVertical aria-hidden className="size-4" />
    </button>
  );
}
