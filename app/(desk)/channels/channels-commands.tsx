"use client";

import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { type Command, CommandOf } from "@/components/shell/commands";

type ChannelsCommandsProps = {
  /** What holds the buttons. */
  root: RefObject<HTMLElement | null>;
};

/** The keys of the directory: each presses a button that is there. */
export function ChannelsCommands({ root }: ChannelsCommandsProps) {
  const t = useTranslations();
  const press = (selector: string) => () =>
    root.current?.querySelector<HTMLElement>(selector)?.click();
  const labelled = (label: string) => press(`button[aria-label=${JSON.stringify(label)}]`);
  const keyed = (name: string) => press(`[data-key=${name}] button`);
  const table = { group: "table" } as const;
  const commands: readonly Command[] = [
    {
      ...{ ...table, id: "filter", keys: "/", label: t("filters.search") },
      run: () => root.current?.querySelector<HTMLInputElement>("input[type=search]")?.focus(),
    },
    { ...table, id: "columns", keys: "c", label: t("table.columns"), run: keyed("columns") },
    { ...table, id: "views", keys: "v", label: t("views.button"), run: keyed("views") },
    {
      ...{ ...table, id: "refresh", keys: "r", label: t("channels.refresh") },
      run: labelled(t("channels.refresh")),
    },
    {
      ...{ ...table, id: "previous", keys: "[", label: t("table.previous") },
      run: labelled(t("table.previous")),
    },
    { ...table, id: "next", keys: "]", label: t("table.next"), run: labelled(t("table.next")) },
    {
      ...{ group: "share", id: "export", keys: "e", label: t("export.button") },
      run: keyed("export"),
    },
  ];
  return commands.map((command) => <CommandOf key={command.id} {...command} />);
}
