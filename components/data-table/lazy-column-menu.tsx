"use client";

import { EllipsisVertical } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import type { ColumnMenu } from "./column-menu";
import type { HeaderCellProps } from "./header-cell";

type Menu = typeof ColumnMenu;

const load = () => import("./column-menu").then((module) => module.ColumnMenu);

/** The button of a column's menu; the menu is fetched when somebody reaches for it. */
export function LazyColumnMenu<Row, Id extends string>(props: HeaderCellProps<Row, Id>) {
  const [Loaded, setLoaded] = useState<Menu | null>(null);
  const { header, numeric } = props.lane.column;
  if (Loaded) return <Loaded {...props} />;
  return (
    <ColumnMenuButton
      header={header}
      side={numeric ? "left" : "right"}
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

type ColumnMenuButtonProps = ComponentProps<"button"> & {
  header: string;
  /** Where the name of the column does not stand. */
  side: "left" | "right";
};

/** Seen where it is reached for, and always where there is no pointer to hover with. */
export function ColumnMenuButton({ header, side, ...props }: ColumnMenuButtonProps) {
  const t = useTranslations("table");
  const label = t("optionsFor", { column: header });
  return (
    <button
      type="button"
      {...props}
      aria-label={label}
      title={label}
      className={`absolute inset-y-0 ${side === "left" ? "left-1" : "right-3"} my-auto grid size-6 place-items-center rounded-control bg-raised text-muted opacity-0 hover:bg-hover hover:text-ink focus-visible:opacity-100 group-focus-within/head:opacity-100 group-hover/head:opacity-100 aria-expanded:opacity-100 max-sm:hidden pointer-coarse:opacity-100`}
    >
      <EllipsisVertical aria-hidden className="size-4" />
    </button>
  );
}
