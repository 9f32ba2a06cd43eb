"use client";

import { useTranslations } from "next-intl";
import type { ReactNode, RefObject } from "react";
import { moveToRow, toggleRow } from "@/components/data-table/row-focus";
import { CommandOf, type Group } from "@/components/shell/commands";
import type { Keys } from "@/components/shell/keys";

type ListToolbarProps = {
  /** The search box, the filter button and the chips. */
  filters: ReactNode;
  savedViews: ReactNode;
  columnPicker: ReactNode;
  exportButton: ReactNode;
};

/** The controls above a list, in one line. The commands of the list find the buttons by `data-key`. */
export function ListToolbar(props: ListToolbarProps) {
  const { filters, savedViews, columnPicker, exportButton } = props;
  return (
    <div className="flex items-start gap-2 max-[64rem]:flex-wrap">
      {filters}
      <div className="ml-auto flex gap-2">
        <span data-key="views">{savedViews}</span>
        <span data-key="columns">{columnPicker}</span>
        <span data-key="export">{exportButton}</span>
      </div>
    </div>
  );
}

export type ListCommand = {
  readonly group: Group;
  readonly keys: Keys;
  readonly label: string;
  /** The `data-key` around the button. Without it the button is found by its label. */
  readonly dataKey?: string;
};

type ListCommandsProps = {
  /** The element that contains the list and its controls. */
  root: RefObject<HTMLElement | null>;
  /** The label of the button that reads the list again. */
  refreshLabel: string;
  more?: readonly ListCommand[];
};

/** The keyboard commands of a list. Each presses a button of the page. */
export function ListCommands({ root, refreshLabel, more = [] }: ListCommandsProps) {
  const t = useTranslations();
  const commands: readonly ListCommand[] = [
    { group: "table", keys: "f", label: t("filters.button"), dataKey: "filter" },
    { group: "table", keys: "c", label: t("table.columns"), dataKey: "columns" },
    { group: "table", keys: "v", label: t("views.button"), dataKey: "views" },
    { group: "table", keys: "r", label: refreshLabel },
    { group: "table", keys: "[", label: t("table.previous") },
    { group: "table", keys: "]", label: t("table.next") },
    { group: "share", keys: "e", label: t("export.button"), dataKey: "export" },
    ...more,
  ];
  const rows = [
    { id: "row.next", label: t("table.nextRow"), keys: "j", run: () => moveToRow(root.current, 1) },
    {
      id: "row.previous",
      label: t("table.previousRow"),
      keys: "k",
      run: () => moveToRow(root.current, -1),
    },
    {
      id: "row.select",
      label: t("table.toggleRow"),
      keys: "x",
      run: () => toggleRow(root.current),
    },
  ] as const;
  return (
    <>
      <CommandOf
        id="filter"
        label={t("filters.search")}
        group="table"
        keys="/"
        run={() => root.current?.querySelector<HTMLInputElement>("input[type=search]")?.focus()}
      />
      {rows.map((command) => (
        <CommandOf key={command.id} group="row" repeats {...command} />
      ))}
      {commands.map(({ dataKey, ...command }) => {
        const button = dataKey
          ? `[data-key=${dataKey}] button`
          : `button[aria-label=${JSON.stringify(command.label)}]`;
        return (
          <CommandOf
            key={button}
            id={button}
            {...command}
            run={() => root.current?.querySelector<HTMLButtonElement>(button)?.click()}
          />
        );
      })}
    </>
  );
}
