"use client";

import { useQueryStates } from "nuqs";
import { useRef } from "react";
import { FailureAlert } from "@/components/action/failure-alert";
import { refreshFailure } from "@/components/action/refresh-error";
import { RefreshFailed } from "@/components/action/refresh-failed";
import { useLive } from "@/components/action/use-live";
import { Notices } from "./notices";
import { OverviewFigures } from "./overview-figures";
import { OverviewHeader } from "./overview-header";
import { OverviewLists } from "./overview-lists";
import { OverviewPending } from "./overview-pending";
import { overviewParsers } from "./search-params";
import { useOverview } from "./use-overview";

/** The app of the address, at a glance. */
export function OverviewRoom({ defaultApp }: { defaultApp: string }) {
  const [{ app }, setParams] = useQueryStates(overviewParsers);
  const query = useOverview(app ?? defaultApp);
  const retry = { retrying: query.isFetching, onRetry: () => void query.refetch() };
  const answer = query.data?.ok ? query.data.value : null;
  const lists = useRef<HTMLDivElement>(null);
  // The lists may get other rows: not under the pointer.
  useLive(() => void query.refetch({ cancelRefetch: false }), answer?.readAt ?? null, lists);
  if (query.isPending) return <OverviewPending />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
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
          <Notices answer={answer} />
          <OverviewFigures answer={answer} />
          <div ref={lists}>
            <OverviewLists answer={answer} />
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
