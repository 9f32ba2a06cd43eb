"use client";

import { ChevronLeft } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Popover, PopoverAnchor, PopoverContent } from "@/components/ui/popover";
import { ChoiceForm } from "./choice-form";
import type { FilterFormProps } from "./filter-column";
import { RangeForm, TextForm, TimeForm } from "./filter-forms";
import { filterInWords, Phrase } from "./words";

type FilterPanelProps = {
  forms: readonly FilterFormProps[];
  /** The pressed button, and the column of the first form. Null starts with the list of columns. */
  opened: { readonly button: HTMLElement; readonly column: string | null };
  /** Gets the focus when the pressed chip is gone. */
  filterButton: RefObject<HTMLElement | null>;
  onReset: () => void;
  resetable: boolean;
  onClose: () => void;
};

/**
 * Chooses a column, then its condition. Open while it is mounted: a popover at the pressed button, or a
 * sheet on a narrow screen.
 */
export function FilterPanel(props: FilterPanelProps) {
  const { forms, opened, filterButton, onReset, resetable, onClose } = props;
  const t = useTranslations("filters");
  const [column, setColumn] = useState(opened.column);
  const [isNarrow] = useState(() => matchMedia("(max-width: 40rem)").matches);
  const anchor = useRef(opened.button);
  const content = useRef<HTMLDivElement>(null);
  const before = useRef(column);
  const form = forms.find(({ column: { id } }) => id === column);
  const title = form ? t("open", { label: form.column.label }) : t("all");

  useEffect(() => {
    if (before.current === column) return;
    before.current = column;
    focusFirst(content.current);
  }, [column]);

  const choose = ({ column: { id, kind }, rows }: FilterFormProps) => {
    if (kind === "choice") rows.onOpenForm?.(id);
    setColumn(id);
  };
  const steps = (
    <div ref={content} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {form ? (
        <>
          <Button
            variant="ghost"
            className="!h-7 justify-self-start !px-1 text-dense"
            onClick={() => setColumn(null)}
          >
            <ChevronLeft aria-hidden className="size-4" />
            {t("all")}
          </Button>
          {!isNarrow && <p className="font-medium">{form.column.label}</p>}
          <FilterForm
            key={form.column.id}
            {...form}
            onApply={(filter) => {
              form.onApply(filter);
              if (isNarrow) setColumn(null);
              else onClose();
            }}
          />
        </>
      ) : (
        <ColumnList forms={forms} onChoose={choose} />
      )}
    </div>
  );
  if (isNarrow) {
    return (
      <Dialog
        title={title}
        shape="side"
        onClose={onClose}
        actions={resetable && <Button onClick={onReset}>{t("reset")}</Button>}
      >
        {steps}
      </Dialog>
    );
  }
  return (
    <Popover open onOpenChange={onClose}>
      <PopoverAnchor virtualRef={anchor} />
      <PopoverContent
        aria-label={title}
        className="w-72"
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          focusFirst(content.current);
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          // A press elsewhere has already moved the focus.
          if (document.activeElement !== document.body) return;
          const button = anchor.current.isConnected ? anchor.current : filterButton.current;
          button?.focus();
        }}
        onInteractOutside={(event) => {
          // The button toggles the panel itself.
          if (event.target instanceof Node && anchor.current.contains(event.target)) {
            event.preventDefault();
          }
        }}
      >
        {steps}
      </PopoverContent>
    </Popover>
  );
}

/** Focuses the first field of a form, or the first column of the list. */
function focusFirst(content: HTMLElement | null): void {
  const first = ["form input:not([type=checkbox])", "form :is(select, input)", "button"]
    .map((selector) => content?.querySelector<HTMLElement>(selector))
    .find(Boolean);
  first?.focus();
}

type ColumnListProps = {
  forms: readonly FilterFormProps[];
  onChoose: (form: FilterFormProps) => void;
};

function ColumnList({ forms, onChoose }: ColumnListProps) {
  const t = useTranslations("filters");
  const format = useFormatter();
  return (
    <ul className="-m-1 grid grid-cols-[minmax(0,1fr)]" onKeyDown={moveInList}>
      {forms.map((form) => (
        <li key={form.column.id}>
          <button
            type="button"
            className="flex min-h-8 w-full items-center gap-2 rounded-control px-2 text-left hover:bg-hover"
            onClick={() => onChoose(form)}
          >
            <span className={`min-w-0 flex-1 truncate ${form.filter ? "text-accent-ink" : ""}`}>
              {form.filter ? (
                <Phrase words={filterInWords(form.filter, form.column, t, format)} />
              ) : (
                form.column.label
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const STEPS: Readonly<Partial<Record<string, number>>> = { ArrowDown: 1, ArrowUp: -1 };

function moveInList(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button.matches(":focus"));
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}

const FORMS = {
  text: TextForm,
  choice: ChoiceForm,
  count: RangeForm,
  change: RangeForm,
  percent: RangeForm,
  time: TimeForm,
};

/** Renders the form for the column's kind. */
export function FilterForm(form: FilterFormProps) {
  const Form = FORMS[form.column.kind];
  return <Form {...form} />;
}
