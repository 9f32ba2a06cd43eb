"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Popover, PopoverAnchor, PopoverContent } from "@/components/ui/popover";
import type { Question } from "./filter-column";
import { FilterForm } from "./filter-form";

type FilterPopoverProps = Question & { button: HTMLButtonElement; onClose: () => void };

/** The form of one column under its button. Open while it is mounted. */
export function FilterPopover({ button, onClose, ...question }: FilterPopoverProps) {
  const t = useTranslations("filters");
  const anchor = useRef(button);
  return (
    <Popover open onOpenChange={onClose}>
      <PopoverAnchor virtualRef={anchor} />
      <PopoverContent
        aria-label={t("open", { label: question.column.label })}
        className="w-72"
        onOpenAutoFocus={(event) => {
          const first = contentOf(event)?.querySelector<HTMLElement>("input:not([type=checkbox])");
          if (!first) return;
          event.preventDefault();
          first.focus();
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          // A press elsewhere has already moved the focus.
          if (document.activeElement === document.body) button.focus();
        }}
        onInteractOutside={(event) => {
          // The button toggles the popover itself.
          if (event.target instanceof Node && button.contains(event.target)) event.preventDefault();
        }}
      >
        <FilterForm {...question} />
      </PopoverContent>
    </Popover>
  );
}

function contentOf({ currentTarget }: Event): Element | null {
  return currentTarget instanceof Element ? currentTarget : null;
}
