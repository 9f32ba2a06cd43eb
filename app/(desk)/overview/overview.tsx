"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useRef } from "react";
import {
  answerOrEarlier,
  FailureAlert,
  RefreshFailed,
  refreshFailure,
} from "@/components/action/failure";
import { useLive } from "@/components/action/use-live";
import { ReadAt } from "@/components/channel/relative-time";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Screen, Skeleton } from "@/components/ui/screen";
import { callAction } from "@/lib/call-action";
import { channelsAddress } from "@/lib/channels/channels-address";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import { overview } from "./actions";
import type { OverviewAnswer } from "./overview-answer";
import { OverviewFigures } from "./overview-figures";
import { OverviewLists } from "./overview-lists";
import { overviewKey, overviewParsers } from "./search-params";

/** The overview of the current app. */
export function OverviewView({ defaultApp }: { defaultApp: string }) {
  const [{ app }, setParams] = useQueryStates(overviewParsers);
  const query = useOverview(app ?? defaultApp);
  const retry = { retrying: query.isFetching, onRetry: () => void query.refetch() };
  const answer = query.data?.ok ? query.data.value : null;
  const lists = useRef<HTMLDivElement>(null);
  // Lists must not change under the pointer.
  useLive(() => void query.refetch({ cancelRefetch: false }), answer?.readAt ?? null, lists);
  if (query.isPending) return <OverviewPending />;
  return (
    <div className="overview grid grid-cols-[minmax(0,1fr)] gap-6 print:gap-3">
      <OverviewHeader readAt={answer?.readAt ?? null} reading={query.isFetching} {...retry} />
      {answer ? (
        <>
          {query.isError && (
            <RefreshFailed
              failure={refreshFailure(query.error)}
              readAt={answer.readAt}
              {...retry}
            />
          )}
          <Notices {...{ answer, defaultApp }} />
          <OverviewFigures {...{ answer, defaultApp }} />
          <div ref={lists}>
            {answer.reach.channels > 0 && <OverviewLists {...{ answer, defaultApp }} />}
          </div>
        </>
      ) : (
        <FailureAlert
          failure={query.data?.ok === false ? query.data.failure : null}
          onDefaultApp={() => void setParams({ app: null })}
          {...retry}
        />
      )}
    </div>
  );
}

/** The overview of an app. A failure stays until a retry. */
function useOverview(app: string) {
  const client = useQueryClient();
  const queryKey = overviewKey(app);
  return useQuery<Result<OverviewAnswer, Failure>>({
    queryKey,
    queryFn: async () => {
      const result = await callAction(overview, { app });
      return answerOrEarlier(result, client.getQueryData<typeof result>(queryKey));
    },
  });
}

type OverviewHeaderProps = {
  /** Null if nothing could be read. */
  readAt: Date | null;
  reading: boolean;
  onRetry: () => void;
};

function OverviewHeader({ readAt, reading, onRetry }: OverviewHeaderProps) {
  const t = useTranslations("overview");
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <h1 className="mr-auto font-semibold text-title">{t("title")}</h1>
      <div className="flex items-center gap-2 text-muted">
        {readAt && <ReadAt at={readAt} say={(when) => t("readAt", when)} />}
        <IconButton
          label={t("refresh")}
          aria-disabled={reading}
          onClick={() => reading || onRetry()}
        >
          <RefreshCw aria-hidden className={reading ? "motion-safe:animate-spin" : ""} />
        </IconButton>
      </div>
    </header>
  );
}

type NoticesProps = {
  answer: Pick<OverviewAnswer, "reach" | "sampleUntil">;
  defaultApp: string;
};

/** Notes above the numbers. */
function Notices({ answer: { reach, sampleUntil }, defaultApp }: NoticesProps) {
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
              prefetch={false}
              href={channelsAddress({ ...reach.query, view: "all" }, defaultApp)}
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

/** The placeholder while the overview loads. */
export function OverviewPending() {
  const t = useTranslations("overview");
  return (
    <div aria-busy className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <h1 className="font-semibold text-title">{t("title")}</h1>
      <p className="sr-only">{t("reading")}</p>
      <Skeleton className="h-18 w-full" />
      <div className="grid gap-x-8 gap-y-6 md:grid-cols-2">
        {["gainers", "losers", "silent", "gone"].map((list) => (
          <Skeleton key={list} className="h-64 w-full" />
        ))}
      </div>
    </div>
  );
}
