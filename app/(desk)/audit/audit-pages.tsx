import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { StepLink } from "@/components/listing/step-link";
import type { AuditPage } from "@/lib/audit/list";
import { type AuditParams, auditAddress } from "./search-params";

type AuditPagesProps = { page: AuditPage; params: AuditParams; readAt: Date };

/** The pagination. All pages show the same rows, whatever is written meanwhile. */
export function AuditPages({ page: shown, params, readAt }: AuditPagesProps) {
  const t = useTranslations("audit");
  const table = useTranslations("table");
  const format = useFormatter();
  const { rows, total, page, pageCount, through } = shown;
  const before = (page - 1) * params.size;
  const at = (wanted: number) => auditAddress(params, { page: wanted, through });
  const isFirst = page === 1;
  const isLast = page === pageCount;
  return (
    <nav
      aria-label={table("pages")}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2"
    >
      <p className="tabular-nums">
        {table("range", { from: before + 1, to: before + rows.length, total })}
        <span className="text-muted">
          {" · "}
          {t("readAt", { time: format.dateTime(readAt, "time") })}
        </span>
      </p>
      <div className="flex flex-wrap items-center gap-1">
        {params.through !== null && (
          <Link prefetch={false} href={auditAddress(params)} className={`${WORDS} mr-3`}>
            {t("newer")}
          </Link>
        )}
        {pageCount > 1 && (
          <>
            <StepLink scroll label={table("first")} href={isFirst ? null : at(1)}>
              <ChevronFirst />
            </StepLink>
            <StepLink scroll label={table("previous")} href={isFirst ? null : at(page - 1)}>
              <ChevronLeft />
            </StepLink>
            <span className="px-1 tabular-nums">
              {table("page")} {format.number(page)}{" "}
              {table("ofPages", { pageCount: format.number(pageCount) })}
            </span>
            <StepLink scroll label={table("next")} href={isLast ? null : at(page + 1)}>
              <ChevronRight />
            </StepLink>
            <StepLink scroll label={table("last")} href={isLast ? null : at(pageCount)}>
              <ChevronLast />
            </StepLink>
          </>
        )}
      </div>
    </nav>
  );
}

const WORDS = "text-accent-ink underline-offset-4 hover:underline";
