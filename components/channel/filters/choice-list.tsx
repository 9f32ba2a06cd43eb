"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { ValueCount } from "@/lib/subscriptions/values";
import { visibleText } from "@/lib/visible-text";
import type { FilterColumn } from "./filter-column";

type ChoiceListProps = {
  column: FilterColumn;
  found: readonly ValueCount[];
  /** A value that somebody typed and that is not among those known, or null. */
  another: string | null;
  /** Not among them because its rows may not have been read yet. */
  isUnread: boolean;
  chosen: ReadonlySet<string | null>;
  onToggle: (value: string | null) => void;
};

/** Nobody reads further, and thousands of boxes would take seconds to draw. */
const SHOWN = 200;

/** The values that were found, to be ticked. */
export function ChoiceList(props: ChoiceListProps) {
  const { column, found, another, isUnread, chosen, onToggle } = props;
  const t = useTranslations("filters");
  const format = useFormatter();
  const nameOf = (value: string) => column.names?.get(value) ?? visibleText(value);
  const shown = found.slice(0, SHOWN);
  const box = (value: string | null, words: ReactNode, count: number | null) => (
    <Checkbox
      key={value === null ? "nothing" : `value ${value}`}
      checked={chosen.has(value)}
      onChange={() => onToggle(value)}
    >
      <span className="min-w-0 flex-1 truncate" title={value === null ? undefined : nameOf(value)}>
        {words}
      </span>
      {count !== null && <span className="text-muted tabular-nums">{format.number(count)}</span>}
    </Checkbox>
  );
  return (
    <>
      <fieldset className="max-h-60 min-w-0 overflow-y-auto p-0.5">
        <legend className="sr-only">{column.label}</legend>
        {shown.map(({ value, count }) =>
          value === null
            ? box(null, <span className="text-muted">{t("words.nothing")}</span>, count)
            : box(value, <bdi>{nameOf(value)}</bdi>, count),
        )}
        {another !== null &&
          box(
            another,
            t.rich(isUnread ? "unread" : "another", {
              value: visibleText(another),
              v: (chunks) => <bdi>{chunks}</bdi>,
            }),
            null,
          )}
      </fieldset>
      <p aria-live="polite" className="text-dense text-muted empty:hidden">
        {found.length === 0 && <span>{t("noValue")}</span>}
        {found.length > SHOWN && <span>{t("capped", { shown: SHOWN, total: found.length })}</span>}
      </p>
    </>
  );
}
