import { X } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Chip, removeClass } from "@/components/listing/filters/chip";
import { buttonClass } from "@/components/ui/button";
import type { AuditFilter } from "@/lib/audit/list";
import { visibleText } from "@/lib/visible-text";
import { type AuditParams, auditAddress, NO_FILTER } from "./search-params";

/** The active filters, each with a link that removes it. */
export function FilterChips({ params }: { params: AuditParams }) {
  const t = useTranslations("audit.filters");
  const chips = useActiveFilters(params.filter);
  if (chips.length === 0) return null;
  const without = (filter: Partial<AuditFilter>) =>
    auditAddress(params, { filter: { ...params.filter, ...filter } });
  return (
    <ul aria-label={t("active")} className="flex flex-wrap items-center gap-2">
      {chips.map(({ words, rest }) => (
        <Chip
          key={words}
          title={words}
          remove={
            <Link
              prefetch={false}
              href={without(rest)}
              aria-label={t("remove", { words })}
              className={removeClass}
            >
              <X aria-hidden className="size-3.5" />
            </Link>
          }
        >
          <bdi>{words}</bdi>
        </Chip>
      ))}
      <li>
        <Link
          prefetch={false}
          href={auditAddress(params, { filter: NO_FILTER })}
          className={buttonClass("ghost")}
        >
          {t("reset")}
        </Link>
      </li>
    </ul>
  );
}

type ActiveFilter = { readonly words: string; readonly rest: Partial<AuditFilter> };

function useActiveFilters(filter: AuditFilter): ActiveFilter[] {
  const t = useTranslations("audit.filters");
  const columns = useTranslations("audit.columns");
  const actions = useTranslations("audit.actions");
  const outcomes = useTranslations("audit.outcomes");
  const format = useFormatter();
  const words = (label: string, value: string) => t("is", { label, value });
  const texts = ["person", "subscriberId", "target", "app", "requestId"] as const;
  return [
    ...(["from", "to"] as const).flatMap((name) => {
      const at = filter[name];
      if (at === null) return [];
      return [{ words: words(t(name), format.dateTime(at, "exact")), rest: { [name]: null } }];
    }),
    ...filter.actions.map((action) => ({
      words: words(columns("action"), actions(action)),
      rest: { actions: filter.actions.filter((other) => other !== action) },
    })),
    ...filter.outcomes.map((outcome) => ({
      words: words(columns("outcome"), outcomes(outcome)),
      rest: { outcomes: filter.outcomes.filter((other) => other !== outcome) },
    })),
    ...texts.flatMap((name) => {
      const text = filter[name];
      return text === null
        ? []
        : [{ words: words(t(name), visibleText(text)), rest: { [name]: null } }];
    }),
  ];
}
