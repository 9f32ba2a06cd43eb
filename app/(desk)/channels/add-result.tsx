"use client";

import { useTranslations } from "next-intl";
import { SmallTable } from "@/components/data-table/small-table";
import { Alert } from "@/components/ui/alert";
import type { AddOutcome } from "@/lib/channels/add";
import { visibleText } from "@/lib/visible-text";
import type { Added } from "./change-actions";

/** In the order in which they are told. */
const OUTCOMES: readonly AddOutcome[] = [
  "added",
  "known",
  "gone",
  "unknown",
  "refused",
  "failed",
  "malformed",
];

/** What became of the ids that were given: how many of each kind, and the reason for each that failed. */
export function AddResult({ outcomes }: { outcomes: readonly Added[] }) {
  const t = useTranslations("channels.add");
  const groups = OUTCOMES.map((outcome) => ({
    outcome,
    channels: outcomes.filter((each) => each.outcome === outcome),
  })).filter(({ channels }) => channels.length > 0);
  const others = outcomes.flatMap(({ outcome, ...each }) =>
    outcome === "added" || outcome === "known" ? [] : [{ ...each, outcome }],
  );
  return (
    <>
      <Alert tone={others.length === 0 ? "good" : "warn"}>
        <ul>
          {groups.map(({ outcome, channels }) => (
            <li key={outcome} className="tabular-nums">
              {t(`outcomes.${outcome}`, { count: channels.length })}
            </li>
          ))}
        </ul>
      </Alert>
      {others.length > 0 && (
        <div className="flex max-h-72 flex-col">
          <SmallTable
            title={t("reasons")}
            columns={[
              { name: t("id"), className: "!whitespace-normal" },
              { name: t("reason"), isText: true },
            ]}
            rows={others.map(({ channelId, outcome, code, reason }) => ({
              key: channelId,
              cells: [
                <bdi key="id" className="break-all font-mono">
                  {visibleText(channelId)}
                </bdi>,
                <>
                  <span>{reason ?? t(`reasonOf.${outcome}`)}</span>
                  {code !== null && <span className="text-muted"> ({String(code)})</span>}
                </>,
              ],
            }))}
          />
        </div>
      )}
    </>
  );
}
