import { ListFilter, X } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { Chip, removeClass } from "@/components/listing/filters/chip";
import { wallTimeOf } from "@/components/listing/filters/field-text";
import { Button, buttonClass } from "@/components/ui/button";
import { Checkbox, Input, Select } from "@/components/ui/field";
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from "@/lib/audit/event";
import type { AuditFilter } from "@/lib/audit/list";
import { chatAppLabels } from "@/lib/chat";
import { env } from "@/lib/env";
import { visibleText } from "@/lib/visible-text";
import {
  type AuditParams,
  auditAddress,
  NO_FILTER,
  SIZES,
  writeAuditParams,
} from "./search-params";

/** The active filters, and a form to change them, which opens without a script too. */
export function Filters({ params }: { params: AuditParams }) {
  const t = useTranslations("audit.filters");
  return (
    <div className="flex flex-wrap items-center gap-2">
      <details className="open:basis-full">
        <summary className={`w-fit list-none ${buttonClass("secondary")}`}>
          <ListFilter aria-hidden className="size-4" />
          {t("open")}
        </summary>
        <FilterForm params={params} />
      </details>
      <FilterChips params={params} />
    </div>
  );
}

/** The result has its own URL. */
function FilterForm({ params }: { params: AuditParams }) {
  const t = useTranslations("audit.filters");
  const actions = useTranslations("audit.actions");
  const outcomes = useTranslations("audit.outcomes");
  const timeZone = useTimeZone() ?? "UTC";
  const { filter, size } = params;
  const asked = writeAuditParams(params);
  return (
    <Asking label={t("label")}>
      {["app", "sort"].map((name) => {
        const value = asked.get(name);
        return value !== null && <input key={name} type="hidden" name={name} value={value} />;
      })}
      <div className="grid grid-cols-2 gap-x-3 gap-y-2 md:grid-cols-4">
        <Moment name="from" at={filter.from} timeZone={timeZone} />
        <Moment name="to" at={filter.to} timeZone={timeZone} />
        <Question
          name="person"
          label={t("person")}
          value={filter.person}
          placeholder={t("personHint")}
        />
        <Question name="subscriber" label={t("subscriberId")} value={filter.subscriberId} />
        <Question
          name="target"
          label={t("target")}
          value={filter.target}
          placeholder={t("targetHint")}
        />
        <Question name="inApp" label={t("app")} value={filter.app} list="audit-apps" />
        <Question name="request" label={t("requestId")} value={filter.requestId} />
        <Labelled label={t("size")}>
          <Select key={size} name="size" defaultValue={size} className="w-full">
            {SIZES.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </Select>
        </Labelled>
      </div>
      <datalist id="audit-apps">
        {chatAppLabels().map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </datalist>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {" "}
        <Choices
          name="action"
          label={t("actions")}
          choices={AUDIT_ACTIONS.map((action) => [action, actions(action)])}
          chosen={filter.actions}
        />
        <Choices
          name="outcome"
          label={t("outcomes")}
          choices={AUDIT_OUTCOMES.map((outcome) => [outcome, outcomes(outcome)])}
          chosen={filter.outcomes}
        />
      </div>{" "}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary">
          {t("apply")}
        </Button>
        <p className="text-dense text-muted">{t("zone", { zone: timeZone })}</p>
      </div>
    </Asking>
  );
}

/** If URLs may not contain what people type, the form is posted and redirected. */
function Asking({ label, children }: { label: string; children: ReactNode }) {
  const look = {
    role: "search",
    "aria-label": label,
    className: "mt-2 grid gap-3 rounded-control border border-line bg-raised p-3",
  } as const;
  return env().strictAddresses ? (
    <form action="/audit/ask" method="post" {...look}>
      {children}
    </form>
  ) : (
    <Form action="/audit" prefetch={false} {...look}>
      {children}
    </Form>
  );
}

type MomentProps = { name: "from" | "to"; at: Date | null; timeZone: string };

function Moment({ name, at, timeZone }: MomentProps) {
  const t = useTranslations("audit.filters");
  const { date, time } = at ? wallTimeOf(at, timeZone) : { date: "", time: "" };
  return (
    <Question
      {...{ name, label: t(name), type: "datetime-local", value: at && `${date}T${time}` }}
      min="1970-01-01T00:00"
      max="9999-12-31T23:59"
      // The browser hides seconds unless they are in its step.
      step={time.length > "00:00".length ? 1 : undefined}
    />
  );
}

type QuestionProps = Omit<ComponentProps<typeof Input>, "value"> & {
  label: string;
  value: string | null;
};

function Question({ label, value, ...input }: QuestionProps) {
  return (
    <Labelled label={label} className={input.type === "datetime-local" ? "max-sm:col-span-2" : ""}>
      <Input
        // Another URL brings another value.
        key={value}
        maxLength={500}
        {...input}
        defaultValue={value ?? ""}
        autoComplete="off"
        spellCheck={false}
      />
    </Labelled>
  );
}

type LabelledProps = { label: string; className?: string; children: ReactNode };

function Labelled({ label, className = "", children }: LabelledProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what it is given
    <label className={`grid min-w-0 gap-1 ${className}`}>
      <span className="text-dense">{label}</span>
      {children}
    </label>
  );
}

type ChoicesProps = {
  name: string;
  label: string;
  choices: readonly (readonly [value: string, words: string])[];
  chosen: readonly string[];
};

/** A collapsed group of checkboxes; none means all. */
function Choices({ name, label, choices, chosen }: ChoicesProps) {
  const t = useTranslations("audit.filters");
  return (
    <details className="open:basis-full">
      <summary className="w-fit rounded-mark text-dense">
        {label}
        {chosen.length > 0 && (
          <span className="text-muted"> · {t("chosen", { count: chosen.length })}</span>
        )}
      </summary>
      <fieldset
        aria-label={label}
        className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-3 pt-1"
      >
        {choices.map(([value, words]) => (
          <Checkbox
            key={`${value} ${chosen.includes(value)}`}
            name={name}
            value={value}
            defaultChecked={chosen.includes(value)}
            className="text-dense"
          >
            {words}
          </Checkbox>
        ))}
      </fieldset>
    </details>
  );
}

/** The active filters, each with a link that removes it. */
function FilterChips({ params }: { params: AuditParams }) {
  const t = useTranslations("audit.filters");
  const chips = useActiveFilters(params.filter);
  if (chips.length === 0) return null;
  const without = (filter: Partial<AuditFilter>) =>
    auditAddress(params, { filter: { ...params.filter, ...filter } });
  return (
    <ul aria-label={t("active")} className="flex flex-wrap items-center gap-2">
      {chips.map(({ words, rest }) => (
        <Chip
          key={words}
          title={words}
          remove={
            <Link
              prefetch={false}
              href={without(rest)}
              aria-label={t("remove", { words })}
              className={removeClass}
            >
              <X aria-hidden className="size-3.5" />
            </Link>
          }
        >
          <bdi>{words}</bdi>
        </Chip>
      ))}
      <li>
        <Link
          prefetch={false}
          href={auditAddress(params, { filter: NO_FILTER })}
          className={buttonClass("ghost")}
        >
          {t("reset")}
        </Link>
      </li>
    </ul>
  );
}

type ActiveFilter = { readonly words: string; readonly rest: Partial<AuditFilter> };

function useActiveFilters(filter: AuditFilter): ActiveFilter[] {
  const t = useTranslations("audit.filters");
  const columns = useTranslations("audit.columns");
  const actions = useTranslations("audit.actions");
  const outcomes = useTranslations("audit.outcomes");
  const format = useFormatter();
  const without = <Value,>(values: readonly Value[], value: Value) =>
    values.filter((other) => other !== value);
  const one = (name: (typeof MOMENTS)[number] | (typeof TEXTS)[number]) => {
    const value = filter[name];
    if (value === null) return [];
    const shown = value instanceof Date ? format.dateTime(value, "exact") : visibleText(value);
    return [{ label: t(name), value: shown, rest: { [name]: null } }];
  };
  return [
    ...MOMENTS.flatMap(one),
    ...filter.actions.map((action) => ({
      ...{ label: columns("action"), value: actions(action) },
      rest: { actions: without(filter.actions, action) },
    })),
    ...filter.outcomes.map((outcome) => ({
      ...{ label: columns("outcome"), value: outcomes(outcome) },
      rest: { outcomes: without(filter.outcomes, outcome) },
    })),
    ...TEXTS.flatMap(one),
  ].map(({ label, value, rest }) => ({ words: t("is", { label, value }), rest }));
}

const MOMENTS = ["from", "to"] as const;
const TEXTS = ["person", "subscriberId", "target", "app", "requestId"] as const;
