"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { Screen } from "@/components/ui/screen";
import type { OverviewAnswer } from "./overview-answer";

type NoticesProps = { answer: Pick<OverviewAnswer, "reach" | "sampleUntil"> };

/** What one has to know before the figures. */
export function Notices({ answer: { reach, sampleUntil } }: NoticesProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  return (
    <>
      {sampleUntil && (
        <Alert tone="neutral">{t("sample", { time: format.dateTime(sampleUntil, "exact") })}</Alert>
      )}
      {reach.channels === 0 && (
        <Screen
          happened={t("nothingWatched.happened")}
          remedy={t("nothingWatched.remedy")}
          action={
            <Link
              href={reach.href.replace("view=watched", "view=all")}
              className={buttonClass("primary")}
            >
              {t("nothingWatched.action")}
            </Link>
          }
        />
      )}
    </>
  );
}
