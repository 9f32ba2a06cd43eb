"use client";

import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { CommandOf, type Group } from "@/components/shell/commands";
import type { Keys } from "@/components/shell/keys";

type ListCommandsProps = {
  /** What holds the buttons. */
  root: RefObject<HTMLElement | null>;
};

type Press = { button: string; keys: Keys; group: Group; label: string };

/** The keys of the list: each presses a button that is there. */
export function ListCommands({ root }: ListCommandsProps) {
  const t = useTranslations();
  const presses: readonly Press[] = [
    { group: "table", keys: "c", label: t("table.columns"), button: keyed("columns") },
    { group: "table", keys: "v", label: t("views.button"), button: keyed("views") },
    { group: "table", keys: "a", label: t("wholeSet.loadAll"), button: keyed("loadAll") },
    labelled({ group: "table", keys: "r", label: t("lookup.refresh") }),
    labelled({ group: "table", keys: "[", label: t("table.previous") }),
    labelled({ group: "table", keys: "]", label: t("table.next") }),
    { group: "share", keys: "e", label: t("export.button"), button: keyed("export") },
    labelled({ group: "share", keys: "t", label: t("ticket.copy") }),
    labelled({ group: "share", keys: "x", label: t("inspector.title") }),
  ];
  return (
    <>
      <CommandOf
        id="filter"
        label={t("filters.search")}
        group="table"
        keys="/"
        run={() => root.current?.querySelector<HTMLInputElement>("input[type=search]")?.focus()}
      />
      {presses.map(({ button, ...command }) => (
        <CommandOf
          key={button}
          id={button}
          {...command}
          run={() => root.current?.querySelector<HTMLButtonElement>(button)?.click()}
        />
      ))}
    </>
  );
}

function keyed(name: string): string {
  return `[data-key=${name}] button`;
}

function labelled(command: Omit<Press, "button">): Press {
  return { ...command, button: `button[aria-label=${JSON.stringify(command.label)}]` };
}
