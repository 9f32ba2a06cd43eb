"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { columnLabels } from "@/lib/channels/directory/search-params";

/** Returns the label of each column in the person's language. */
export function useColumnLabels() {
  const fields = useTranslations("fields");
  const own = useTranslations("channels.columns");
  return useMemo(() => columnLabels(fields, own), [fields, own]);
}
