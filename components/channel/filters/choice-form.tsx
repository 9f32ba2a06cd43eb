"use client";

import { useTranslations } from "next-intl";
import { useId, useMemo, useState } from "react";
import { Input } from "@/components/ui/input";
import { MAX_CHOICE_TEXT, MAX_CHOICES } from "@/lib/subscriptions/filter-text";
import type { ValueCount } from "@/lib/subscriptions/values";
import { ChoiceList } from "./choice-list";
import { choicesOf, chosenBy, narrowChoices } from "./choices";
import { FormFrame } from "./form-frame";
import type { Question, Values } from "./question";

/** Some of the values that are present, each with the number of its rows. */
export function ChoiceForm(question: Question) {
  const { column, facts } = question;
  const t = useTranslations("filters");
  // Counted once: rows that come while it is open must not move what the pointer is over.
  const [held, setHeld] = useState(() => facts.valuesOf(column.id));
  const values = isRead(held) ? held : facts.valuesOf(column.id);
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
  if (values !== held) setHeld(values);
  return <Choices {...question} present={values} />;
}

function isRead(values: Values): values is readonly ValueCount[] {
  return typeof values === "object" && values !== null;
}

type ChoicesProps = Question & { present: readonly ValueCount[] };

function Choices({ column, filter, facts, onApply, present }: ChoicesProps) {
  const { complete } = facts;
  const t = useTranslations("filters");
  const problemId = useId();
  const [choices, setChoices] = useState(() => choicesOf(present, filter));
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
  const hasMore = !complete || facts.isCut?.(column.id);
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
                ? t("mostFrequent", { shown: present.length })
                : t("soFar", { count: present.reduce((rows, { count }) => rows + count, 0) })}
            </p>
          )}
        </>
      )}
    </FormFrame>
  );
}
