"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useDeferredValue, useState } from "react";
import { wallTimeOf } from "@/components/listing/filters/field-text";
import { Button, buttonClass } from "@/components/ui/button";
import { Field, Form, Input, Select } from "@/components/ui/field";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { callAction } from "@/lib/call-action";
import { SIZES, serializeDirectory } from "@/lib/channels/directory/search-params";
import { daysBefore } from "@/lib/time";
import { visibleText } from "@/lib/visible-text";
import { readDirectory } from "../actions";
import { chosenDates, datesProblem, type ViewParams, viewAddress } from "./params";

type CompareButtonProps = {
  app: string;
  params: ViewParams;
};

/** Adds another channel to the chart. */
export function CompareButton({ app, params }: CompareButtonProps) {
  const t = useTranslations("trend");
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);

  function add(channelId: string) {
    setOpen(false);
    router.push(viewAddress(params, { with: [...params.with, channelId] }), { scroll: false });
  }

  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger className={buttonClass("secondary")}>
        <Plus aria-hidden className="size-4" />
        {t("compare")}
      </PopoverTrigger>
      <PopoverContent aria-label={t("compare")} className="w-80">
        <CompareList app={app} excluded={[params.channel ?? "", ...params.with]} onChoose={add} />
      </PopoverContent>
    </Popover>
  );
}

type CompareListProps = {
  app: string;
  excluded: readonly string[];
  onChoose: (channelId: string) => void;
};

/** Searches known channels by a part of their name or ID. */
function CompareList({ app, excluded, onChoose }: CompareListProps) {
  const t = useTranslations("trend");
  const [text, setText] = useState("");
  const search = useDeferredValue(text);
  const { data, isError } = useQuery({
    queryKey: ["channel choices", app, search],
    queryFn: () => callAction(readDirectory, { query: choicesQuery(app, search), trends: false }),
    placeholderData: (before) => before,
    // New channels may be known meanwhile.
    staleTime: 0,
  });
  const found = data?.ok
    ? data.value.rows.filter(({ channelId }) => !excluded.includes(channelId))
    : null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <Field label={t("findOther")}>
        {(control) => (
          <Input
            {...control}
            type="search"
            autoComplete="off"
            maxLength={200}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <p role="status" className="text-dense text-muted empty:hidden">
        {isError && <span>{t("unreachable")}</span>}
        {data?.ok === false && <span>{data.failure.happened}</span>}
        {found?.length === 0 && <span>{t("noOther")}</span>}
      </p>
      <ul className="grid grid-cols-[minmax(0,1fr)]">
        {found?.map(({ channelId, name }) => (
          <li key={channelId}>
            <button
              type="button"
              onClick={() => onChoose(channelId)}
              className="grid w-full rounded-control px-2 py-1 text-left hover:bg-hover"
            >
              <bdi className="truncate">{visibleText(name || channelId)}</bdi>
              <bdi className="truncate font-mono text-dense text-muted">
                {visibleText(channelId)}
              </bdi>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The channels with the most subscribers among those that a text finds. */
function choicesQuery(app: string, q: string): string {
  return serializeDirectory({ app, q, view: "all", size: SIZES[0] });
}

type DatesButtonProps = {
  params: ViewParams;
  timeZone: string;
  now: Date;
  className: string;
};

const MONTH_DAYS = 30;

/** Chooses the first and the last day of the chart. */
export function DatesButton({ params, timeZone, now, className }: DatesButtonProps) {
  const t = useTranslations("trend.dates");
  const format = useFormatter();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const chosen = chosenDates(params);
  const today = wallTimeOf(now, timeZone).date;
  const monthAgo = wallTimeOf(daysBefore(now, MONTH_DAYS), timeZone).date;
  const [dates, setDates] = useState(chosen ?? { from: monthAgo, to: today });
  const [problem, setProblem] = useState<ReturnType<typeof datesProblem>>(null);
  const day = (date: string) =>
    format.dateTime(new Date(`${date}T00:00Z`), "day", { timeZone: "UTC" });

  function submit() {
    const found = datesProblem(dates, timeZone, now);
    setProblem(found);
    if (found) return;
    setOpen(false);
    router.push(viewAddress(params, { ...dates, zone: timeZone }), { scroll: false });
  }

  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger aria-current={chosen ? "true" : undefined} className={className}>
        {chosen ? `${day(chosen.from)} – ${day(chosen.to)}` : t("custom")}
      </PopoverTrigger>
      <PopoverContent aria-label={t("title")}>
        <Form onSubmit={submit} noValidate className="grid gap-3">
          <div className="flex flex-wrap gap-3">
            {(["from", "to"] as const).map((end) => (
              <Field key={end} label={t(end)}>
                {(control) => (
                  <Input
                    {...control}
                    type="date"
                    min="1970-01-01"
                    max={today}
                    value={dates[end]}
                    aria-invalid={problem !== null}
                    onChange={({ target }) => setDates({ ...dates, [end]: target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
          <p className="text-dense text-muted">{t("zone", { zone: timeZone })}</p>
          {problem && (
            <p role="alert" className="max-w-72 text-bad text-dense">
              {t(problem)}
            </p>
          )}
          <Button type="submit" variant="primary" className="justify-self-start">
            {t("show")}
          </Button>
        </Form>
      </PopoverContent>
    </Popover>
  );
}

type ZoneSelectProps = {
  zones: readonly { readonly zone: string; readonly href: string }[];
  chosen: string;
};

/** Selects the time zone of all times on the page. */
export function ZoneSelect({ zones, chosen }: ZoneSelectProps) {
  const t = useTranslations("trend");
  const router = useRouter();
  return (
    <Select
      aria-label={t("zone")}
      title={t("zone")}
      value={chosen}
      onChange={({ target }) => {
        const href = zones.find(({ zone }) => zone === target.value)?.href;
        if (href) router.push(href, { scroll: false });
      }}
    >
      {zones.map(({ zone }) => (
        <option key={zone} value={zone}>
          {zone.replaceAll("_", " ")}
        </option>
      ))}
    </Select>
  );
}
