"use client";

import { ChevronDown } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Popover, PopoverAnchor, PopoverContent } from "@/components/ui/popover";
import type { FilterFormProps } from "./filter-column";
import { FilterForm } from "./filter-form";
import { filterInWords, Phrase } from "./words";

type FilterPopoverProps = FilterFormProps & { button: HTMLButtonElement; onClose: () => void };

/** The form of one column under its button. Open while it is mounted. */
export function FilterPopover({ button, onClose, ...form }: FilterPopoverProps) {
  const t = useTranslations("filters");
  const anchor = useRef(button);
  return (
    <Popover open onOpenChange={onClose}>
      <PopoverAnchor virtualRef={anchor} />
      <PopoverContent
        aria-label={t("open", { label: form.column.label })}
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
        <FilterForm {...form} />
      </PopoverContent>
    </Popover>
  );
}

function contentOf({ currentTarget }: Event): Element | null {
  return currentTarget instanceof Element ? currentTarget : null;
}

type FilterSheetProps = {
  forms: readonly FilterFormProps[];
  onReset: () => void;
  resetable: boolean;
  onClose: () => void;
};

/** The filters of all columns in a dialog. One form is expanded at a time. */
export function FilterSheet({ forms, onReset, resetable, onClose }: FilterSheetProps) {
  const t = useTranslations("filters");
  const format = useFormatter();
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <Dialog
      title={t("all")}
      shape="side"
      onClose={onClose}
      actions={resetable && <Button onClick={onReset}>{t("reset")}</Button>}
    >
      <ul className="grid divide-y divide-line">
        {forms.map((form) => {
          const { column, filter, rows } = form;
          const isOpen = opened === column.id;
          return (
            <li key={column.id} className="grid grid-cols-[minmax(0,1fr)] gap-3 py-2">
              <button
                type="button"
                aria-expanded={isOpen}
                className="flex min-h-8 items-center gap-2 text-left font-medium"
                onClick={() => {
                  if (!isOpen && column.kind === "choice") rows.onOpenForm?.(column.id);
                  setOpened(isOpen ? null : column.id);
                }}
              >
                <span className="min-w-0 flex-1 truncate">
                  {filter ? (
                    <Phrase words={filterInWords(filter, column, t, format)} />
                  ) : (
                    column.label
                  )}
                </span>
                <ChevronDown
                  aria-hidden
                  className={`size-4 shrink-0 text-muted ${isOpen ? "rotate-180" : ""}`}
                />
              </button>
              {isOpen && (
                <FilterForm
                  {...form}
                  onApply={(next) => {
                    form.onApply(next);
                    setOpened(null);
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
