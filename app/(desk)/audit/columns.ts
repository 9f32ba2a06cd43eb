import type { Messages } from "next-intl";
import type { AuditSort } from "@/lib/audit/list";

export type AuditColumn = {
  readonly name: keyof Messages["audit"]["columns"];
  /** What it sorts by, and which way first; absent where it cannot. */
  readonly sort?: AuditSort;
  readonly isNumber?: boolean;
  /** How its cells stand in the lines of a row on a narrow screen. */
  readonly narrow: string;
};

const FIRST = "max-sm:-order-2 max-sm:font-medium";
const SECOND = "max-sm:-order-1 max-sm:mr-auto";
const WHOLE_LINE = "max-sm:basis-full";
const PLAIN = "max-sm:text-muted";
/** Says what it is: a number does not. */
const NAMED = `${PLAIN} max-sm:flex max-sm:items-center max-sm:gap-1 max-sm:before:content-[attr(data-label)]`;

/** The columns of the table, from left to right. */
export const COLUMNS: readonly AuditColumn[] = [
  { name: "time", narrow: WHOLE_LINE, sort: { by: "time", descending: true } },
  { name: "person", narrow: "", sort: { by: "person", descending: false } },
  { name: "role", narrow: PLAIN },
  { name: "address", narrow: PLAIN },
  { name: "action", narrow: FIRST, sort: { by: "action", descending: false } },
  { name: "about", narrow: WHOLE_LINE },
  { name: "fields", narrow: PLAIN },
  { name: "rows", narrow: NAMED, sort: { by: "rows", descending: true }, isNumber: true },
  { name: "outcome", narrow: SECOND },
  { name: "duration", narrow: PLAIN, sort: { by: "duration", descending: true }, isNumber: true },
  { name: "request", narrow: NAMED },
];
