"use client";

import { useTranslations } from "next-intl";
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
        <section
          // It may be long, and must scroll by keyboard too.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
          tabIndex={0}
          aria-label={t("reasons")}
          className="max-h-72 overflow-y-auto rounded-control border border-line"
        >
          <table className="w-full table-fixed text-left text-dense">
            <thead className="text-muted">
              <tr>
                <th scope="col" className="px-3 py-1 font-medium">
                  {t("id")}
                </th>
                <th scope="col" className="px-3 py-1 font-medium">
                  {t("reason")}
                </th>
              </tr>
            </thead>
            <tbody>
              {others.map(({ channelId, outcome, code, reason }) => (
                <tr key={channelId} className="border-line border-t">
                  <td className="px-3 py-1 align-top">
                    <bdi className="break-all font-mono">{visibleText(channelId)}</bdi>
                  </td>
                  <td className="break-words px-3 py-1 align-top">
                    <span>{reason ?? t(`reasonOf.${outcome}`)}</span>
                    {code !== null && <span className="text-muted"> ({String(code)})</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
