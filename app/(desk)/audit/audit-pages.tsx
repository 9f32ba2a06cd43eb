import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AuditPage } from "@/lib/audit/list";
import { type AuditParams, auditAddress } from "./search-params";

type AuditPagesProps = { page: AuditPage; params: AuditParams; readAt: Date };

/** Where this page stands, and the ways to the others: of the same rows, whatever is written meanwhile. */
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
        <Step label={table("first")} href={isFirst ? null : at(1)} icon={<ChevronFirst />} />
        <Step
          label={table("previous")}
          href={isFirst ? null : at(page - 1)}
          icon={<ChevronLeft />}
        />
        <span className="px-1 tabular-nums">
          {table("page")} {format.number(page)}{" "}
          {table("ofPages", { pageCount: format.number(pageCount) })}
        </span>
        <Step label={table("next")} href={isLast ? null : at(page + 1)} icon={<ChevronRight />} />
        <Step label={table("last")} href={isLast ? null : at(pageCount)} icon={<ChevronLast />} />
      </div>
    </nav>
  );
}

const WORDS = "text-accent-ink underline-offset-4 hover:underline";

type StepProps = { label: string; href: string | null; icon: ReactNode };

function Step({ label, href, icon }: StepProps) {
  const look =
    "inline-flex size-8 shrink-0 items-center justify-center rounded-control text-muted [&_svg]:size-4";
  if (href === null) {
    return (
      <span aria-hidden className={`${look} opacity-50`}>
        {icon}
      </span>
    );
  }
  return (
    <Link
      prefetch={false}
      href={href}
      aria-label={label}
      title={label}
      className={`${look} hover:bg-hover hover:text-ink`}
    >
      {icon}
    </Link>
  );
}
