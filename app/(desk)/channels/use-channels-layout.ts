"use client";

import type { TableLayout } from "@/components/data-table/layout";
import { useTableLayout } from "@/components/data-table/use-table-layout";
import { callAction } from "@/lib/call-action";
import { savePreference } from "../preference-actions";

const name = "channelsTable";

/** How this person arranges the table of known channels. */
export function useChannelsLayout(initial: TableLayout) {
  return useTableLayout({ name, initial, store });
}

async function store(value: TableLayout): Promise<void> {
  const stored = await callAction(savePreference, { name, value });
  if (!stored.ok) throw new Error(stored.failure.happened);
}
