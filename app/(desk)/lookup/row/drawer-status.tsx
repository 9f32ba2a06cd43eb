"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ReadAt } from "@/components/channel/relative-time";
import type { Row } from "./row-actions";

type DrawerStatusProps = {
  row: Row | null;
  reading: boolean;
  /** When the list was read that shows until the row has come; null without one. */
  inHandAt: Date | null;
};

/** Of when it is what the drawer shows. */
export function DrawerStatus({ row, reading, inHandAt }: DrawerStatusProps) {
  const t = useTranslations("drawer");
  const format = useFormatter();
  const sentence = () => {
    if (row) {
      const { readAt, duration } = row;
      return <ReadAt at={readAt} say={(when) => t("read", { ...when, duration })} />;
    }
    return inHandAt && <span>{t("fromList", { time: format.dateTime(inHandAt, "time") })}</span>;
  };
  return (
    <p className="text-muted tabular-nums">
      {sentence()} <span role="status">{reading && t("reading")}</span>
    </p>
  );
}
