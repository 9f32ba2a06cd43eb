"use client";

import { useFormatter } from "next-intl";

/** A count, exact: it decides. */
export function Count({ value }: { value: number }) {
  return useFormatter().number(value);
}
