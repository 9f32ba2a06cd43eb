"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import { isAllowed, type Shown } from "./field-rules";
import { type DirectoryParams, GROUPS, type SetDirectoryParams } from "./search-params";

type GroupSelectProps = { params: DirectoryParams; setParams: SetDirectoryParams; shown: Shown };

/** Whether channels are put together, and by what they have in common. */
export function GroupSelect({ params, setParams, shown }: GroupSelectProps) {
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
