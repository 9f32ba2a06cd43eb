"use client";

import { useTranslations } from "next-intl";
import { DataTable } from "@/components/data-table/data-table";
import { LazyColumnPicker } from "@/components/data-table/lazy-column-picker";
import type { Field } from "@/lib/chat-api/types";
import type { Lookup, LookupInput } from "./actions";
import { columnGroups } from "./column-groups";
import { useSubscriptionColumns } from "./columns";
import { ListNotice } from "./list-notice";
import { LookupPagination } from "./lookup-pagination";
import { FollowsNothing, PastTheEnd, UnknownSubscriber } from "./screens";
import type { SetLookupParams } from "./search-params";
import { useReadPages } from "./use-lookup";

type PagedTableProps = {
  input: LookupInput;
  lookup: Lookup;
  /** These are another page's rows, shown until the wanted ones have come. */
  stale: boolean;
  /** The fields of the address. */
  shown: readonly Field[];
  visible: readonly Field[];
  setParams: SetLookupParams;
};

/** One page of the list, with the ways to other pages and other columns. */
export function PagedTable({ input, lookup, stale, shown, visible, setParams }: PagedTableProps) {
  const t = useTranslations("lookup");
  const labels = useTranslations("fields");
  const columns = useSubscriptionColumns(input.fields, lookup.readAt);
  const pages = useReadPages(input);
  const { subscriberId } = input;

  if (!lookup.known) return <UnknownSubscriber subscriberId={subscriberId} />;
  if (lookup.total === 0) return <FollowsNothing subscriberId={subscriberId} />;
  if (lookup.subscriptions.length === 0 && lookup.nextOffset === null) {
    return <PastTheEnd total={lookup.total} onFirst={() => void setParams({ offset: null })} />;
  }
  // Going back should not lead through every column that was tried.
  const setFields = (fields: readonly Field[] | null) =>
    void setParams({ fields }, { history: "replace" });
  return (
    <>
      <div className="flex justify-end">
        <LazyColumnPicker
          groups={columnGroups({ shown, visible, setFields, t, labels })}
          onReset={() => setFields(null)}
        />
      </div>
      {!stale && <ListNotice input={input} lookup={lookup} pages={pages} />}
      <DataTable
        caption={t("channelsOf", { subscriberId })}
        columns={columns}
        rows={lookup.subscriptions}
        rowId={(row) => row.channelId}
        firstRow={lookup.offset + 1}
        total={lookup.total}
        stale={stale}
      />
      <LookupPagination
        input={input}
        lookup={lookup}
        pages={pages}
        stale={stale}
        setParams={setParams}
      />
    </>
  );
}
