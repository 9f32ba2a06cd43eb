"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useId, useMemo, useState } from "react";
import { Checkbox, Input } from "@/components/ui/field";
import {
  type Filter,
  MAX_CHOICE_TEXT,
  MAX_CHOICES,
  type ValueCount,
} from "@/lib/subscriptions/filter";
import { foldedText } from "@/lib/subscriptions/folded-text";
import { visibleText } from "@/lib/visible-text";
import type { FilterColumn, FilterFormProps, Values } from "./filter-column";
import { FormFrame } from "./filter-forms";

/** Filters by values, each with the number of its rows. */
export function ChoiceForm(form: FilterFormProps) {
  const { column, rows } = form;
  const t = useTranslations("filters");
  // Read once: rows that arrive while the form is open must not move the options.
  const [first, setFirst] = useState(() => rows.valuesOf(column.id));
  const values = isRead(first) ? first : rows.valuesOf(column.id);
  if (values === null) {
    return (
      <p role="status" className="text-muted">
        {t("readingValues")}
      </p>
    );
  }
  if (!isRead(values)) {
    return (
      <p role="alert" className="text-bad">
        {t("unreadableValues")}
      </p>
    );
  }
  if (values !== first) setFirst(values);
  return <Choices {...form} initial={values} />;
}

function isRead(values: Values): values is readonly ValueCount[] {
  return typeof values === "object" && values !== null;
}

type ChoicesProps = FilterFormProps & { initial: readonly ValueCount[] };

function Choices({ column, filter, rows, onApply, initial }: ChoicesProps) {
  const { complete } = rows;
  const t = useTranslations("filters");
  const problemId = useId();
  const [choices, setChoices] = useState(() => choicesOf(initial, filter));
  const [chosen, setChosen] = useState(() => new Set(chosenBy(filter)));
  const [text, setText] = useState("");
  const nothing = t("words.nothing");
  const found = useMemo(
    () =>
      narrowChoices(choices, text, (value) =>
        value === null ? nothing : (column.names?.get(value) ?? value),
      ),
    [choices, text, nothing, column.names],
  );
  const typed = text.trim();
  const hasMore = !complete || rows.isCut?.(column.id);
  const isAnother = hasMore && typed !== "" && !choices.some(({ value }) => value === typed);

  const toggle = (value: string | null) => {
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    setChosen(next);
    if (!choices.some((choice) => choice.value === value)) {
      setChoices([{ value, count: 0 }, ...choices]);
    }
  };
  const read = () => {
    if (chosen.size === 0) return filter ? null : t("problem.value");
    if (chosen.size > MAX_CHOICES) return t("problem.values", { max: MAX_CHOICES });
    const values = choices.map(({ value }) => value).filter((value) => chosen.has(value));
    return { op: "oneOf", values } as const;
  };

  return (
    <FormFrame filter={filter} onApply={onApply} read={read}>
      {(problem) => (
        <>
          <Input
            type="search"
            aria-label={t("narrow")}
            aria-invalid={problem !== null}
            aria-describedby={problem ? problemId : undefined}
            placeholder={t("narrow")}
            value={text}
            maxLength={MAX_CHOICE_TEXT}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
          <ChoiceList
            column={column}
            found={found}
            another={isAnother ? typed : null}
            isUnread={!complete}
            chosen={chosen}
            onToggle={toggle}
          />
          {problem && (
            <p id={problemId} className="text-bad text-dense">
              {problem}
            </p>
          )}
          {hasMore && (
            <p className="text-dense text-muted">
              {complete
                ? t("mostFrequent", { shown: initial.length })
                : t("soFar", { count: initial.reduce((rows, { count }) => rows + count, 0) })}
            </p>
          )}
        </>
      )}
    </FormFrame>
  );
}

type ChoiceListProps = {
  column: FilterColumn;
  found: readonly ValueCount[];
  /** A typed value that is not in the list, or null. */
  another: string | null;
  /** Whether `another` may be missing because not all rows have been read. */
  isUnread: boolean;
  chosen: ReadonlySet<string | null>;
  onToggle: (value: string | null) => void;
};

/** Thousands of checkboxes would take seconds to render. */
const SHOWN = 200;

function ChoiceList(props: ChoiceListProps) {
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

/**
 * Returns the options: first the values of the filter, even if no row has them, then "not given", then
 * the others with the most frequent first.
 */
export function choicesOf(
  values: readonly ValueCount[],
  filter: Filter | undefined,
): readonly ValueCount[] {
  const chosen = new Set(chosenBy(filter));
  const absent = new Set(chosen);
  for (const { value } of values) absent.delete(value);
  const rank = ({ value }: ValueCount) => (chosen.has(value) ? 0 : value === null ? 1 : 2);
  return [...values, ...[...absent].map((value) => ({ value, count: 0 }))].sort(
    (a, b) => rank(a) - rank(b) || b.count - a.count || compare(a.value, b.value),
  );
}

function chosenBy(filter: Filter | undefined): readonly (string | null)[] {
  return filter?.op === "oneOf" ? filter.values : [];
}

/** Returns the options whose label contains a text. Case and character width are ignored. */
export function narrowChoices(
  choices: readonly ValueCount[],
  text: string,
  nameOf: (value: string | null) => string,
): readonly ValueCount[] {
  const folded = foldedText(text.trim());
  return folded === ""
    ? choices
    : choices.filter(({ value }) => foldedText(nameOf(value)).includes(folded));
}

function compare(a: string | null, b: string | null): number {
  return (a ?? "") < (b ?? "") ? -1 : 1;
}
