"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import { visibleText } from "@/lib/visible-text";
import { changeTagPeriod } from "./change-actions";
import { ProblemText } from "./problem-text";
import { useChange } from "./use-change";

type TagPeriodProps = {
  tag: string;
  /** Null: as channels without a tag. */
  minutes: number | null;
  usual: number;
};

const PERIODS = [5, 15, 30, 60, 180, 360, 720, 1440];

/** How often watched channels with a tag are read. */
export function TagPeriod({ tag, minutes, usual }: TagPeriodProps) {
  const t = useTranslations("channels.tags");
  const { change, isPending, problem } = useChange(changeTagPeriod, () => undefined);
  const known = minutes === null || PERIODS.includes(minutes) ? PERIODS : [...PERIODS, minutes];
  return (
    <>
      <Select
        aria-label={t("period", { tag: visibleText(tag) })}
        value={minutes ?? ""}
        disabled={isPending}
        onChange={({ target: { value } }) =>
          change({ tag, minutes: value === "" ? null : Number(value) })
        }
      >
        <option value="">{t("usual", { minutes: usual })}</option>
        {known.map((each) => (
          <option key={each} value={each}>
            {t("every", { minutes: each })}
          </option>
        ))}
      </Select>
      <ProblemText problem={problem} />
    </>
  );
}
