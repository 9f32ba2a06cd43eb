import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { CopyRegion } from "@/components/ui/copy-mark";
import type { AuditRow as Row } from "@/lib/audit/chain";
import type { AuditSort } from "@/lib/audit/list";
import { AuditRow } from "./audit-row";
import { type AuditColumn, COLUMNS } from "./columns";
import { type AuditParams, auditAddress } from "./search-params";

/** The rows as a table, which scrolls in itself where it is wider than the screen. */
export function AuditTable({ rows, params }: { rows: readonly Row[]; params: AuditParams }) {
  const t = useTranslations("audit");
  return (
    <CopyRegion>
      <section
        className="overflow-x-auto rounded-control border border-line bg-raised"
        // Wider than the screen, it must scroll by keyboard too.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        aria-label={t("caption")}
      >
        <table className="w-full border-separate border-spacing-0 text-dense max-sm:block">
          <caption className="sr-only">{t("caption")}</caption>
          <thead className="max-sm:block max-sm:overflow-x-auto max-sm:border-line max-sm:border-b">
            <tr className="max-sm:flex max-sm:w-max">
              {COLUMNS.map((column) => (
                <Head key={column.name} column={column} params={params} />
              ))}
            </tr>
          </thead>
          <tbody className="max-sm:block">
            {rows.map((row) => (
              <AuditRow key={row.sequence} row={row} />
            ))}
          </tbody>
        </table>
      </section>
    </CopyRegion>
  );
}

function Head({ column, params }: { column: AuditColumn; params: AuditParams }) {
  const t = useTranslations("audit.columns");
  const { name, sort, isNumber } = column;
  const current = sort?.by === params.sort.by ? params.sort : null;
  return (
    <th
      scope="col"
      aria-sort={current ? (current.descending ? "descending" : "ascending") : undefined}
      className={`${HEAD} ${isNumber ? "sm:text-right" : "text-left"} ${sort ? "" : "max-sm:sr-only"}`}
    >
      {sort ? (
        <Link
          prefetch={false}
          href={auditAddress(params, { sort: current ? flipped(current) : sort })}
          className="inline-flex h-6 items-center gap-1 rounded-mark hover:text-ink"
        >
          <span>{t(name)}</span>
          {current && (current.descending ? <ArrowDown {...ARROW} /> : <ArrowUp {...ARROW} />)}
        </Link>
      ) : (
        t(name)
      )}
    </th>
  );
}

const HEAD =
  "whitespace-nowrap border-line bg-raised px-2 py-1 font-medium text-muted max-sm:block sm:border-b sm:first:sticky sm:first:left-0 sm:first:pl-3";

const ARROW = { "aria-hidden": true, className: "size-3.5 text-accent-ink" } as const;

function flipped({ by, descending }: AuditSort): AuditSort {
  return { by, descending: !descending };
}
