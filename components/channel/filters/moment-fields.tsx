"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { WallTime } from "./wall-time";

type MomentFieldsProps = {
  wall: WallTime;
  timeZone: string;
  problem: string | null;
  onWall: (wall: WallTime) => void;
};

/** A date and a time of day by the person's own clock; without a time the day begins. */
export function MomentFields({ wall, timeZone, problem, onWall }: MomentFieldsProps) {
  const t = useTranslations("filters");
  return (
    <>
      <Field label={t("date")} error={problem}>
        {(control) => (
          <Input
            {...control}
            type="date"
            min="1970-01-01"
            max="9999-12-31"
            value={wall.date}
            onChange={(event) => onWall({ ...wall, date: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("time")} hint={t("zone", { zone: timeZone })}>
        {(control) => (
          <Input
            {...control}
            type="time"
            // The browser hides seconds unless it may count them.
            step={wall.time.length > 5 ? 1 : undefined}
            value={wall.time}
            onChange={(event) => onWall({ ...wall, time: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
