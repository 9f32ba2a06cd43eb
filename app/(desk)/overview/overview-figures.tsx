"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useAge } from "@/components/channel/relative-time";
import { useClock } from "@/components/ui/use-clock";
import type { OverviewAnswer } from "./overview-answer";

type OverviewFiguresProps = { answer: Pick<OverviewAnswer, "reach" | "refresh" | "readAt"> };

/** Total subscribers of the watched channels, the changes, and how fresh the numbers are. */
export function OverviewFigures({ answer: { reach, refresh, readAt } }: OverviewFiguresProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const { channels, counted, href } = reach;
  if (channels === 0) return null;
  const change = (value: number | null) =>
    value === null ? t("unknown") : format.number(value, { signDisplay: "exceptZero" });
  return (
    <section
      aria-label={t("reach.title")}
      className="grid gap-x-8 gap-y-3 rounded-control border border-line bg-raised px-4 py-3 sm:flex sm:flex-wrap sm:items-end"
    >
      <dl className="grid gap-x-8 gap-y-3 sm:flex sm:flex-wrap">
        {counted && (
          <>
            <Figure name={t("reach.subscribers")} href={href}>
              {format.number(counted.subscribers)}
            </Figure>
            <Figure name={t("reach.day")} href={counted.byDayHref}>
              {change(counted.changeDay)}
            </Figure>
            <Figure name={t("reach.week")} href={counted.byWeekHref}>
              {change(counted.changeWeek)}
            </Figure>
          </>
        )}
        <Figure name={t("reach.watched")} href={href}>
          {format.number(channels)}
        </Figure>
      </dl>
      <RefreshHealth refresh={refresh} readAt={readAt} />
    </section>
  );
}

type FigureProps = { name: string; href: string; children: ReactNode };

function Figure({ name, href, children }: FigureProps) {
  return (
    <div className="flex items-baseline justify-between gap-4 sm:block">
      <dt className="text-dense text-muted">{name}</dt>
      <dd>
        <Link
          prefetch={false}
          href={href}
          className="font-semibold text-title tabular-nums hover:underline"
        >
          {children}
        </Link>
      </dd>
    </div>
  );
}

function RefreshHealth({ refresh, readAt }: Pick<OverviewAnswer, "refresh" | "readAt">) {
  const t = useTranslations("overview.health");
  const { fresh, stale, failing, lastRunAt, nextDueAt } = refresh;
  const lastAge = useAge(lastRunAt ?? readAt, readAt);
  const nextAge = useAge(nextDueAt ?? readAt, readAt);
  const isDue = useClock((now) => nextDueAt !== null && nextDueAt.getTime() <= now, readAt);
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 pb-1 text-dense text-muted tabular-nums sm:ml-auto">
      <Health href={fresh.href}>{t("fresh", { count: fresh.count })}</Health>
      {stale.count > 0 && <Health href={stale.href}>{t("stale", { count: stale.count })}</Health>}
      {failing.count > 0 && (
        <Health href={failing.href}>{t("failing", { count: failing.count })}</Health>
      )}
      <li>{lastRunAt ? t("last", { age: lastAge }) : t("never")}</li>
      {nextDueAt && <li>{isDue ? t("due") : t("next", { age: nextAge })}</li>}
    </ul>
  );
}

function Health({ href, children }: { href: string; children: ReactNode }) {
  return (
    <li>
      <Link prefetch={false} href={href} className="text-ink underline-offset-2 hover:underline">
        {children}
      </Link>
    </li>
  );
}
