"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { DataTableSkeleton } from "@/components/data-table/data-table";
import type { Field } from "@/lib/chat-api/types";
import type { LookupInput } from "./actions";
import { LookupSummary } from "./lookup-summary";
import { PagedTable } from "./paged-table";
import { rememberLookup } from "./recent";
import { FailureScreen, RefreshFailed, Unreachable } from "./screens";
import type { SetLookupParams } from "./search-params";
import { RefreshError, useLookup } from "./use-lookup";

type SubscriptionTableProps = {
  input: LookupInput;
  /** The fields of the address. */
  shown: readonly Field[];
  visible: readonly Field[];
  userId: string;
  setParams: SetLookupParams;
};

/** The one query, and the screen of each way in which it may end. */
export function SubscriptionTable(props: SubscriptionTableProps) {
  const { input, userId } = props;
  const t = useTranslations("lookup");
  const { data, error, isFetching, isPlaceholderData, refetch, nextTry } = useLookup(input);
  const { app, subscriberId } = input;
  // Also of another page of the same subscriber: he is remembered once, not at every page.
  const answered = data?.ok && data.value.known;

  useEffect(() => {
    if (answered) rememberLookup(userId, { app, subscriberId });
  }, [answered, userId, app, subscriberId]);

  const retry = () => void refetch({ cancelRefetch: false });
  const screen = () => {
    if (data?.ok) return <PagedTable {...props} lookup={data.value} stale={isPlaceholderData} />;
    if (data) {
      return (
        <FailureScreen
          failure={data.failure}
          nextTry={nextTry}
          retrying={isFetching}
          onRetry={retry}
          onDefaultApp={() => void props.setParams({ app: null })}
        />
      );
    }
    if (error) return <Unreachable retrying={isFetching} onRetry={retry} />;
    return <DataTableSkeleton columns={input.fields.length + 1} label={t("reading")} />;
  };

  return (
    <section
      aria-label={t("channelsOf", { subscriberId })}
      className="grid grid-cols-[minmax(0,1fr)] gap-3"
    >
      <LookupSummary
        subscriberId={subscriberId}
        lookup={data?.ok ? data.value : null}
        reading={isFetching}
        onRefresh={retry}
      />
      {data?.ok && error && (
        <RefreshFailed
          failure={error instanceof RefreshError ? error.failure : null}
          readAt={data.value.readAt}
          retrying={isFetching}
          onRetry={retry}
        />
      )}
      {screen()}
    </section>
  );
}
