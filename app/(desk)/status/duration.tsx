import { useFormatter } from "next-intl";

/** How long something took, in seconds. */
export function Duration({ ms }: { ms: number | null }) {
  const format = useFormatter();
  return ms === null ? null : format.number(ms / 1000, SECONDS);
}

const SECONDS = { style: "unit", unit: "second", maximumFractionDigits: 2 } as const;
