"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ChangeText } from "@/components/channel/values";
import { SmallTable } from "@/components/data-table/small-table";
import {
  type DirectoryParams,
  type GroupId,
  isAllowed,
  type SetDirectoryParams,
  type Shown,
} from "@/lib/channels/directory/search-params";
import { visibleText } from "@/lib/visible-text";
import type { DirectoryGroup } from "../directory";
import { useColumnLabels } from "../use-column-labels";
import { AddressLink } from "./address-link";

type GroupTableProps = {
  by: GroupId;
  groups: readonly DirectoryGroup[];
  params: DirectoryParams;
  setParams: SetDirectoryParams;
  shown: Shown;
  stale: boolean;
};

/** Channels grouped by organization or owner. Each group links to its channels. */
export function GroupTable({ by, groups, params, setParams, shown, stale }: GroupTableProps) {
  const t = useTranslations("channels.groups");
  const labels = useColumnLabels();
  const format = useFormatter();
  const isCounted = isAllowed("subscriberCount", shown);
  const counted = isCounted ? (["subscriberCount", "changeWeek"] as const) : [];
  return (
    <SmallTable
      title={t("caption", { by: labels(by) })}
      stale={stale}
      columns={[
        { name: labels(by), className: "max-w-0 !whitespace-normal sm:min-w-64" },
        { name: t("channels"), isNumber: true },
        ...counted.map((id) => ({ name: labels(id), isNumber: true })),
      ]}
      rows={groups.map(({ value, channels, subscribers, changeWeek }) => ({
        key: JSON.stringify(value),
        cells: [
          <AddressLink
            key="group"
            params={params}
            setParams={setParams}
            change={{ group: null, offset: null, [by]: { op: "oneOf", values: [value] } }}
            title={value === null ? undefined : visibleText(value)}
            className="line-clamp-3 break-words text-accent-ink underline-offset-4 hover:underline sm:line-clamp-1"
          >
            {value === null ? t("none") : <bdi>{visibleText(value)}</bdi>}
          </AddressLink>,
          format.number(channels),
          subscribers === null ? "–" : format.number(subscribers),
          changeWeek === null ? (
            <span key="change" className="text-muted">
              {t("notKnown")}
            </span>
          ) : (
            <ChangeText
              key="change"
              change={{ absolute: changeWeek, percent: null }}
              format={format}
            />
          ),
        ],
      }))}
    />
  );
}
