"use client";

import { useTranslations } from "next-intl";
import type { FilterColumn } from "@/components/channel/filters/filter-column";
import { DIRECTORY_FILTERS } from "@/lib/channels/known-channel";
import { REFRESH_STATES } from "@/lib/channels/refresh-state";
import type { FilterKind } from "@/lib/subscriptions/filter";
import type { AskedColumnId } from "./directory-columns";
import { useColumnLabels } from "./use-column-labels";

const KINDS: Readonly<Partial<Record<AskedColumnId, FilterKind>>> = DIRECTORY_FILTERS;

/** A column with what can be asked of it; one that is only sorted by holds counts. */
export function useAskedColumn(): <Id extends AskedColumnId>(id: Id) => FilterColumn<Id> {
  const labels = useColumnLabels();
  const states = useTranslations("channels.refreshStates");
  const names = new Map<string, string>(REFRESH_STATES.map((state) => [state, states(state)]));
  return (id) => ({
    ...{ id, label: labels(id), kind: KINDS[id] ?? "count" },
    never: id === "lastMessageAt",
    ...(id === "refreshState" && { names }),
  });
}
