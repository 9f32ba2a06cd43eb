"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/field";
import {
  allowedViews,
  type DirectoryParams,
  defaultSorts,
  GROUPS,
  isAllowed,
  type SetDirectoryParams,
  type Shown,
} from "@/lib/channels/directory/search-params";
import { AddressLink } from "./address-link";

type ViewTabsProps = { params: DirectoryParams; setParams: SetDirectoryParams; shown: Shown };

/** Links to the views of the list. */
export function ViewTabs({ params, setParams, shown }: ViewTabsProps) {
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
                  change={{ view, band: null, offset: null, sort: defaultSorts(view) }}
                  aria-current={isCurrent ? "page" : undefined}
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
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="text-muted">{t(`${params.view}.means`)}</p>
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
