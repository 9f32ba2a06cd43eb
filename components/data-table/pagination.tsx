"use client";

import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Input, Select } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";

type PaginationProps = {
  /** Rows shown, counted from 1; 0 when there are none. */
  from: number;
  to: number;
  total: number;
  page: number;
  pageCount: number;
  size: number;
  sizes: readonly number[];
  /** The offsets of other pages. Null where there is nowhere to go. */
  offsets: Readonly<Record<"first" | "previous" | "next" | "last", number | null>>;
  onGo: (offset: number) => void;
  /** The mouse or finger is down on the way to a page, and most likely goes there. */
  onPress?: (offset: number) => void;
  onPage: (page: number) => void;
  onSize: (size: number) => void;
};

/** Where a page stands in its list, and the ways to the others, if there are any. */
export function Pagination(props: PaginationProps) {
  const { from, to, total, page, pageCount, size, sizes } = props;
  const { offsets, onGo, onPress, onPage, onSize } = props;
  const t = useTranslations("table");
  const format = useFormatter();
  const pageBox = useId();
  const ways = { offsets, onGo, onPress };
  // The total may be wrong: then there is a next page without a second page by number.
  const hasOthers = pageCount > 1 || Object.values(offsets).some((offset) => offset !== null);
  return (
    <nav
      aria-label={t("pages")}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2"
    >
      <p aria-live="polite" className="tabular-nums">
        {t("range", { from, to, total })}
      </p>
      {hasOthers && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Select
            aria-label={t("size")}
            value={size}
            onChange={(event) => onSize(Number(event.target.value))}
          >
            {sizes.map((choice) => (
              <option key={choice} value={choice}>
                {t("perPage", { size: choice })}
              </option>
            ))}
          </Select>
          <div className="flex items-center gap-1">
            <Step {...ways} step="first" icon={<ChevronFirst aria-hidden />} />
            <Step {...ways} step="previous" icon={<ChevronLeft aria-hidden />} />
            <form
              className="flex items-center gap-2 whitespace-nowrap px-1 tabular-nums"
              onSubmit={(event) => {
                event.preventDefault();
                const wanted = pageNumber(String(new FormData(event.currentTarget).get("page")));
                event.currentTarget.reset();
                if (wanted !== null) onPage(Math.min(pageCount, Math.max(1, wanted)));
              }}
            >
              <label htmlFor={pageBox}>{t("page")}</label>
              <Input
                // A new page brings a new box, so that it never shows another page than the table.
                key={page}
                id={pageBox}
                name="page"
                inputMode="numeric"
                autoComplete="off"
                defaultValue={page}
                onBlur={(event) => event.target.form?.reset()}
                onKeyDown={(event) => {
                  if (event.key === "Escape") event.currentTarget.form?.reset();
                }}
                className="!w-14 text-right"
              />
              <span>{t("ofPages", { pageCount: format.number(pageCount) })}</span>
            </form>
            <Step {...ways} step="next" icon={<ChevronRight aria-hidden />} />
            <Step {...ways} step="last" icon={<ChevronLast aria-hidden />} />
          </div>
        </div>
      )}
    </nav>
  );
}

/** A whole number, also in full-width digits and with separators of thousands; else null. */
function pageNumber(text: string): number | null {
  const digits = text.normalize("NFKC").replace(/[\s,]/g, "");
  return /^-?\d+$/.test(digits) ? Number(digits) : null;
}

type StepProps = Pick<PaginationProps, "offsets" | "onGo" | "onPress"> & {
  step: keyof PaginationProps["offsets"];
  icon: ReactNode;
};

/** Stays focusable where there is nowhere to go, so that the keyboard does not lose its place. */
function Step({ offsets, onGo, onPress, step, icon }: StepProps) {
  const t = useTranslations("table");
  const offset = offsets[step];
  return (
    <IconButton
      label={t(step)}
      aria-disabled={offset === null}
      className="aria-disabled:opacity-50"
      onPointerDown={({ button }) => offset !== null && button === 0 && onPress?.(offset)}
      onClick={() => offset !== null && onGo(offset)}
    >
      {icon}
    </IconButton>
  );
}
