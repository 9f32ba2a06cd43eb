"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ChangeText } from "@/components/channel/change-text";
import { visibleText } from "@/lib/visible-text";
import { AddressLink } from "./address-link";
import type { DirectoryGroup } from "./directory-answer";
import { isAllowed, type Shown } from "./field-rules";
import type { DirectoryParams, GroupId, SetDirectoryParams } from "./search-params";
import { useColumnLabels } from "./use-column-labels";

type GroupTableProps = {
  by: GroupId;
  groups: readonly DirectoryGroup[];
  params: DirectoryParams;
  setParams: SetDirectoryParams;
  shown: Shown;
  stale: boolean;
};

const HEAD = "sticky top-0 border-line border-b bg-raised px-3 py-1 font-medium text-muted";
const CELL = "border-line border-b px-3 py-2";

/** Channels that have an organization or an owner in common, summed up; each leads to its channels. */
export function GroupTable({ by, groups, params, setParams, shown, stale }: GroupTableProps) {
  const t = useTranslations("channels.groups");
  const labels = useColumnLabels();
  const format = useFormatter();
  const isCounted = isAllowed("subscriberCount", shown);
  const caption = t("caption", { by: labels(by) });
  return (
    <section
      // Wider than the screen, it must scroll by keyboard too.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      aria-label={caption}
      className={`overflow-auto rounded-control border border-line bg-raised sm:min-h-0 ${stale ? "opacity-60" : ""}`}
    >
      <table
        aria-busy={stale}
        className="w-full border-separate border-spacing-0 text-left text-dense"
      >
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={HEAD}>
              {labels(by)}
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              {t("channels")}
            </th>
            {isCounted && (
              <>
                <th scope="col" className={`${HEAD} text-right`}>
                  {labels("subscriberCount")}
                </th>
                <th scope="col" className={`${HEAD} text-right`}>
                  {labels("changeWeek")}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {groups.map(({ value, channels, subscribers, changeWeek }) => (
            <tr key={JSON.stringify(value)} className="hover:bg-hover">
              <th scope="row" className={`${CELL} max-w-0 font-normal sm:min-w-64`}>
                <AddressLink
                  params={params}
                  setParams={setParams}
                  change={{ group: null, offset: null, [by]: { op: "oneOf", values: [value] } }}
                  title={value === null ? undefined : visibleText(value)}
                  className="line-clamp-3 break-words text-accent-ink underline-offset-4 hover:underline sm:line-clamp-1"
                >
                  {value === null ? t("none") : <bdi>{visibleText(value)}</bdi>}
                </AddressLink>
              </th>
              <td className={`${CELL} text-right`}>{format.number(channels)}</td>
              {isCounted && (
                <>
                  <td className={`${CELL} text-right`}>
                    {subscribers === null ? "–" : format.number(subscribers)}
                  </td>
                  <td className={`${CELL} text-right`}>
                    {changeWeek === null ? (
                      <span className="text-muted">{t("notKnown")}</span>
                    ) : (
                      <ChangeText
                        change={{ absolute: changeWeek, percent: null }}
                        format={format}
                      />
                    )}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
