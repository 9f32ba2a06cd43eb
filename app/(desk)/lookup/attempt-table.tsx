"use client";

import { useFormatter, useTranslations } from "next-intl";
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
  return (
    <table className="w-full text-dense">
      <thead>
        <tr className="border-line border-b text-left text-muted">
          {HEADERS.map((name) => (
            <th key={name} scope="col" className="py-1 pr-2 font-medium">
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="tabular-nums">
        {attempts.map((attempt, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are what happened, in its order
          <tr key={index} className="border-line border-b align-top">
            <td className="py-1 pr-2">{index + 1}</td>
            <td className="py-1 pr-2 whitespace-nowrap">
              {format.dateTime(attempt.startedAt, toMilliseconds)}
            </td>
            <td className="py-1 pr-2 whitespace-nowrap">
              {t("milliseconds", { count: Math.round(attempt.waited) })}
            </td>
            <td className="py-1 pr-2 whitespace-nowrap">
              {t("milliseconds", { count: Math.round(attempt.duration) })}
            </td>
            <td className="break-words py-1 [overflow-wrap:anywhere]">
              <Outcome attempt={attempt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
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
      <bdi className="font-mono">{visibleText(info)}</bdi>
    </>
  );
}
