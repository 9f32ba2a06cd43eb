"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
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
  const now = useNow({ updateInterval: 1000 });
  const sentence = () => {
    if (row) {
      const { readAt, duration } = row;
      // A clock that runs behind the server's must not put the reading into the future.
      const age = format.relativeTime(Math.min(readAt.getTime(), now.getTime()), now);
      return t("read", { time: format.dateTime(readAt, "time"), age, duration });
    }
    return inHandAt && t("fromList", { time: format.dateTime(inHandAt, "time") });
  };
  return (
    <p className="text-muted tabular-nums">
      {sentence()} <span role="status">{reading && t("reading")}</span>
    </p>
  );
}
