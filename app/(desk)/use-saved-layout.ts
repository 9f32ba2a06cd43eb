"use client";

import type { TableLayout } from "@/components/data-table/layout";
import { useTableLayout } from "@/components/data-table/use-table-layout";
import { callAction } from "@/lib/call-action";
import { savePreference } from "./preference-actions";

/** Keeps the layout of a table in this person's preferences. */
export function useSavedLayout(name: keyof typeof STORES, initial: TableLayout) {
  return useTableLayout({ name, initial, store: STORES[name] });
}

const STORES = { lookupTable: storeIn("lookupTable"), channelsTable: storeIn("channelsTable") };

function storeIn(name: "lookupTable" | "channelsTable") {
  return async (value: TableLayout): Promise<void> => {
    const stored = await callAction(savePreference, { name, value });
    if (!stored.ok) throw new Error(stored.failure.happened);
  };
}
