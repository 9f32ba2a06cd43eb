"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Form, Input, Select } from "@/components/ui/field";
import type { SilentBand } from "@/lib/channels/directory/directory";
import {
  allowedViews,
  type DirectoryParams,
  GROUPS,
  isAllowed,
  MAX_SILENT_DAYS,
  parseDays,
  type SetDirectoryParams,
  type Shown,
  serializeDirectory,
} from "@/lib/channels/directory/search-params";
import { MAX_DAYS } from "@/lib/subscriptions/filter";

type ViewTabsProps = {
  params: DirectoryParams;
  setParams: SetDirectoryParams;
  shown: Shown;
  /** Replaces the sentence about the view. */
  children?: ReactNode;
};

/** Links to the views of the list. */
export function ViewTabs({ params, setParams, shown, children }: ViewTabsProps) {
  const t = useTranslations("channels.views");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <nav aria-label={t("label")}>
        <ul className="relative flex gap-1 overflow-x-auto border-line border-b">
          {allowedViews(shown).map((view) => {
            const isCurrent = view === params.view;
            return (
              <li key={view} ref={isCurrent ? scrollIntoSight : undefined}>
                <AddressLink
                  params={params}
                  setParams={setParams}
                  change={{ view, band: null, offset: null, sort: null }}
                  aria-current={isCurrent ? "page" : undefined}
                  title={t(`${view}.means`)}
                  className={`inline-flex min-h-9 items-center whitespace-nowrap border-b-2 px-3 focus-visible:-outline-offset-2 ${
                    isCurrent
                      ? "border-accent font-medium text-ink"
                      : "border-transparent text-muted hover:text-ink"
                  }`}
                >
                  {t(`${view}.name`)}
                </AddressLink>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {children || <p className="text-muted">{t(`${params.view}.means`)}</p>}
        <GroupSelect {...{ params, setParams, shown }} />
      </div>
    </div>
  );
}

/** Scrolls a list of tabs that is too wide. */
function scrollIntoSight(tab: HTMLLIElement | null): void {
  const list = tab?.parentElement;
  if (tab && list) list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
}

type GroupSelectProps = { params: DirectoryParams; setParams: SetDirectoryParams; shown: Shown };

/** Selects how channels are grouped. */
function GroupSelect({ params, setParams, shown }: GroupSelectProps) {
  const t = useTranslations("channels.groups");
  const groups = GROUPS.filter((by) => isAllowed(by, shown));
  if (groups.length === 0) return null;
  return (
    <Select
      aria-label={t("by")}
      value={params.group ?? ""}
      onChange={({ target }) =>
        void setParams({
          group: groups.find((by) => by === target.value) ?? null,
          offset: null,
        })
      }
    >
      <option value="">{t("ungrouped")}</option>
      {groups.map((by) => (
        <option key={by} value={by}>
          {t(by)}
        </option>
      ))}
    </Select>
  );
}

type SilenceBandsProps = {
  bands: readonly SilentBand[];
  params: DirectoryParams;
  setParams: SetDirectoryParams;
};

/** Links to the bands of silence, and a form for their thresholds. */
export function SilenceBands({ bands, params, setParams }: SilenceBandsProps) {
  const t = useTranslations("channels.silence");
  const format = useFormatter();
  const words = (index: number) => {
    const [from, to] = [bands[index]?.days, bands[index + 1]?.days];
    if (typeof from !== "number") return t("never");
    return typeof to === "number" ? t("between", { from, to }) : t("over", { from });
  };
  const all = {
    band: null,
    words: t("all"),
    count: bands.reduce((sum, { count }) => sum + count, 0),
  };
  const each = bands.map(({ days, count }, index) => ({
    ...{ band: days === "never" ? days : index, words: words(index), count },
  }));
  return (
    <>
      <ul aria-label={t("label")} className="flex flex-wrap gap-2">
        {[all, ...each].map(({ band, words: label, count }) => {
          const isChosen = params.band === band;
          return (
            <li key={String(band)}>
              <AddressLink
                params={params}
                setParams={setParams}
                change={{ band, offset: null }}
                aria-current={isChosen ? "true" : undefined}
                className={`${buttonClass("secondary")} ${isChosen ? "!border-accent !bg-accent-soft" : ""}`}
              >
                {label} <span className="text-muted tabular-nums">{format.number(count)}</span>
              </AddressLink>
            </li>
          );
        })}
      </ul>
      <SilenceDays
        key={params.silent.join()}
        days={params.silent}
        onDays={(silent) => void setParams({ silent, band: null, offset: null })}
      />
    </>
  );
}

type SilenceDaysProps = {
  days: readonly number[];
  onDays: (days: readonly number[]) => void;
};

/** A form for the days at which the bands of silence start. */
function SilenceDays({ days, onDays }: SilenceDaysProps) {
  const t = useTranslations("channels.silence");
  const [text, setText] = useState(days.join(", "));
  const [isWrong, setIsWrong] = useState(false);
  const id = useId();
  const submit = () => {
    const parsed = parseDays(text);
    setIsWrong(parsed === null);
    if (parsed) onDays(parsed);
  };
  return (
    <Form onSubmit={submit} className="mr-auto flex flex-wrap items-center gap-2">
      <label htmlFor={id} className="text-muted">
        {t("days")}
      </label>
      <Input
        id={id}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-error` : undefined}
        value={text}
        autoComplete="off"
        className="!w-28"
        onChange={(event) => {
          setText(event.target.value);
          setIsWrong(false);
        }}
      />
      <Button type="submit">{t("apply")}</Button>
      {isWrong && (
        <p id={`${id}-error`} role="alert" className="basis-full text-bad text-dense">
          {t("wrongDays", { most: MAX_SILENT_DAYS, max: MAX_DAYS })}
        </p>
      )}
    </Form>
  );
}

type AddressLinkProps = Omit<ComponentProps<"a">, "href" | "onClick"> & {
  params: DirectoryParams;
  setParams: SetDirectoryParams;
  /** The changed parameters. */
  change: Parameters<SetDirectoryParams>[0] & object;
};

/** A link that changes parameters of the page. A plain click does not load a new page. */
export function AddressLink({ params, setParams, change, ...props }: AddressLinkProps) {
  return (
    <a
      {...props}
      href={serializeDirectory({ ...params, row: null, ...change }, "/channels")}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        void setParams({ row: null, ...change });
      }}
    />
  );
}
