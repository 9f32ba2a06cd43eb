"use client";

import type { TableLayout } from "@/components/data-table/layout";
import { useTableLayout } from "@/components/data-table/use-table-layout";
import { callAction } from "@/lib/call-action";
import { savePreference } from "../../preference-actions";

const name = "lookupTable";

/** How this person arranges the table of a lookup. */
export function useLookupLayout(initial: TableLayout) {
  return useTableLayout({ name, initial, store });
}

async function store(value: TableLayout): Promise<void> {
  const stored = await callAction(savePreference, { name, value });
  if (!stored.ok) throw new Error(stored.failure.happened);
}
