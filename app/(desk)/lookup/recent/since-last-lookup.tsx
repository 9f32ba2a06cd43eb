"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { useLinks } from "@/components/shell/link-context";
import type { ListAnswer } from "../list/list-answer";
import { describeDifference, differenceSince } from "./difference";
import { type Count, earlierCount, subscribeToLookups } from "./recent";

type SinceLastLookupProps = {
  userId: string;
  app: string;
  subscriberId: string;
  answer: ListAnswer | null;
};

/** What has changed since this person looked the same subscriber up in this browser, at least an hour before. */
export function SinceLastLookup({ userId, app, subscriberId, answer }: SinceLastLookupProps) {
  const t = useTranslations("lookup");
  const format = useFormatter();
  const isStrict = useLinks() !== null;
  const at = answer?.known && !isStrict ? answer.readTo?.getTime() : undefined;
  const stored = useSyncExternalStore(
    subscribeToLookups,
    () =>
      at === undefined ? "null" : JSON.stringify(earlierCount(userId, { app, subscriberId }, at)),
    () => "null",
  );
  const earlier: Count | null = JSON.parse(stored);
  if (!answer || !earlier) return null;
  const change = describeDifference(t, differenceSince(earlier, answer));
  return (
    <span className="text-dense text-muted" title={format.dateTime(earlier.at, "exact")}>
      {t("since.lookup", { at: format.dateTime(earlier.at, "minute"), change })}
    </span>
  );
}
