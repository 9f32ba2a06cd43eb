import { useFormatter } from "next-intl";

/** How long something took, in seconds. */
export function Duration({ ms }: { ms: number | null }) {
  const format = useFormatter();
  return ms === null ? null : format.number(ms / 1000, SECONDS);
}

// As many digits in each, so that they can be compared in a column.
const SECONDS = {
  style: "unit",
  unit: "second",
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
} as const;
