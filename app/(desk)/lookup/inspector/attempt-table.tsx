"use client";

import { useFormatter, useTranslations } from "next-intl";
import { SmallTable } from "@/components/data-table/small-table";
import { formats } from "@/lib/messages/formats";
import { visibleText } from "@/lib/visible-text";
import type { Inspection } from "./inspect-actions";

type Attempt = Inspection["attempts"][number];

const HEADERS = ["number", "started", "waited", "took", "outcome"] as const;

/** How often the call was made, how long each time took, and how it ended. */
export function AttemptTable({ attempts }: { attempts: readonly Attempt[] }) {
  const t = useTranslations("inspector");
  const format = useFormatter();
  const toMilliseconds = { ...formats.dateTime.time, fractionalSecondDigits: 3 } as const;
  const milliseconds = (value: number) => t("milliseconds", { count: Math.round(value) });
  return (
    <SmallTable
      title={t("attempts")}
      columns={HEADERS.map((name) => ({ name: t(name), isText: name === "outcome" }))}
      rows={attempts.map((attempt, index) => ({
        key: index,
        cells: [
          index + 1,
          format.dateTime(attempt.startedAt, toMilliseconds),
          milliseconds(attempt.waited),
          milliseconds(attempt.duration),
          <Outcome key="outcome" attempt={attempt} />,
        ],
      }))}
      rowHeaders={false}
      framed={false}
    />
  );
}

function Outcome({ attempt: { failure, origin } }: { attempt: Attempt }) {
  const t = useTranslations("inspector");
  if (!failure) return t("outcomes.ok");
  const { kind, code, status, info } = failure;
  const said = (of: typeof kind) => {
    if (of === "network") return t("outcomes.network", { host: new URL(origin).host });
    return of === "timeout" || of === "malformed" ? t(`outcomes.${of}`) : null;
  };
  return (
    <>
      <span className="font-medium">
        {code !== null
          ? t("outcomes.rejected", { code: String(code) })
          : status !== null
            ? t("outcomes.http", { status: String(status) })
            : said(kind)}
      </span>{" "}
      <bdi className="font-mono [overflow-wrap:anywhere]">{visibleText(info)}</bdi>
    </>
  );
}
