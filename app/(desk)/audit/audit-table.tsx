import {
  ArrowDown,
  ArrowUp,
  ChevronFirst,
  ChevronLast,
  ChevronLeft,
  ChevronRight,
  SquareArrowOutUpRight,
} from "lucide-react";
import Link from "next/link";
import { type Messages, useFormatter, useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { UntrustedText } from "@/components/channel/text";
import { Identifier, ProblemCode } from "@/components/channel/values";
import { SmallTable } from "@/components/data-table/small-table";
import { StepLink } from "@/components/listing/step-link";
import { Badge, type Tone } from "@/components/ui/badge";
import { CopyRegion } from "@/components/ui/copy";
import { CopyMark } from "@/components/ui/copy-mark";
import type { AuditRow as Row } from "@/lib/audit/chain";
import type { AuditOutcome } from "@/lib/audit/event";
import type { AuditPage, AuditSort } from "@/lib/audit/list";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { FIELDS } from "@/lib/chat-api/types";
import { visibleText } from "@/lib/visible-text";
import { type AuditParams, auditAddress } from "./search-params";

type AuditTableProps = {
  rows: readonly Row[];
  params: AuditParams;
  /** Whether entries lead to their lookups. Not where addresses may not name subscribers. */
  linked: boolean;
};

/** The rows as a table. On a narrow screen a row has several lines, action and outcome first. */
export function AuditTable({ rows, params, linked }: AuditTableProps) {
  const t = useTranslations("audit");
  const columns = useColumns(linked);
  const { by, descending } = params.sort;
  return (
    <CopyRegion>
      <SmallTable
        title={t("caption")}
        columns={columns.map(({ name, sort, isNumber, narrow }, index) => ({
          name: <Head name={t(`columns.${name}`)} sort={sort} params={params} />,
          label: t(`columns.${name}`),
          isNumber,
          isPinned: index === 0,
          sorted: sort?.by === by ? (descending ? "descending" : "ascending") : undefined,
          cellClass: `align-top ${narrow}`,
          className: "sm:!px-2",
        }))}
        rows={rows.map((row) => ({
          key: row.sequence,
          // An array of elements from the server needs keys.
          cells: columns.map(({ name, cell }) => <Fragment key={name}>{cell(row)}</Fragment>),
        }))}
        rowHeaders={false}
        stacked
      />
    </CopyRegion>
  );
}

type HeadProps = { name: string; sort: AuditSort | undefined; params: AuditParams };

/** The name of a column. It sorts by it, and in the other direction if it already does. */
function Head({ name, sort, params }: HeadProps) {
  if (!sort) return name;
  const { by, descending } = params.sort;
  const isSorted = sort.by === by;
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <Link
      prefetch={false}
      href={auditAddress(params, { sort: isSorted ? { by, descending: !descending } : sort })}
      className="inline-flex h-6 items-center gap-1 rounded-mark hover:text-ink"
    >
      <span>{name}</span>
      {isSorted && <Arrow aria-hidden className="size-3.5 text-accent-ink" />}
    </Link>
  );
}

/** As wide as its text, which wraps where it is long. */
const WRAPPED = "block sm:w-max sm:max-w-36 sm:whitespace-normal";

const FIRST = "max-sm:-order-2 max-sm:font-medium";
const SECOND = "max-sm:-order-1 max-sm:mr-auto";
const WHOLE_LINE = "max-sm:basis-full";
const PLAIN = "max-sm:text-muted";
/** Adds a label, which a number needs. */
const NAMED = `${PLAIN} max-sm:not-empty:flex max-sm:items-center max-sm:gap-1 max-sm:before:content-[attr(data-label)]`;

type AuditColumn = {
  readonly name: Exclude<keyof Messages["audit"]["columns"], "role">;
  /** The sort column and its first direction; absent if not sortable. */
  readonly sort?: AuditSort;
  readonly isNumber?: boolean;
  /** The layout of its cells on a narrow screen. */
  readonly narrow: string;
  readonly cell: (row: Row) => ReactNode;
};

/** Returns the columns of the table, from left to right. */
function useColumns(linked: boolean): readonly AuditColumn[] {
  const t = useTranslations("audit");
  const actions = useTranslations("audit.actions");
  const roles = useTranslations("roles");
  const format = useFormatter();
  return [
    {
      ...{ name: "time", narrow: WHOLE_LINE, sort: { by: "time", descending: true } },
      cell: ({ at }) => (
        <time
          dateTime={at.toISOString()}
          title={at.toISOString()}
          className="block whitespace-nowrap sm:max-[100rem]:w-33 sm:max-[100rem]:whitespace-normal"
        >
          {format.dateTime(at, "exact")}
        </time>
      ),
    },
    {
      ...{ name: "person", narrow: "", sort: { by: "person", descending: false } },
      cell: ({ actorEmail, actorRole }) => {
        const role = ROLES.find((known) => known === actorRole);
        return (
          <span className="flex min-w-0 flex-wrap gap-x-2 sm:block">
            {actorEmail === null ? (
              <span className="text-muted">{t("nobody")}</span>
            ) : (
              <UntrustedText text={actorEmail} className="sm:max-w-56" />
            )}{" "}
            {actorRole !== null && (
              <span className="text-muted">{role ? roles(role) : visibleText(actorRole)}</span>
            )}
          </span>
        );
      },
    },
    {
      ...{ name: "address", narrow: PLAIN },
      cell: ({ address }) => address && <UntrustedText text={address} className="font-mono" />,
    },
    {
      ...{ name: "action", narrow: FIRST, sort: { by: "action", descending: false } },
      cell: ({ action }) => <span className={WRAPPED}>{actions(action)}</span>,
    },
    { name: "about", narrow: WHOLE_LINE, cell: (row) => <About row={row} linked={linked} /> },
    {
      ...{ name: "fields", narrow: PLAIN },
      cell: ({ fields }) => fields && fields.length > 0 && <Fields names={fields} />,
    },
    {
      ...{ name: "rows", narrow: NAMED, sort: { by: "rows", descending: true }, isNumber: true },
      cell: ({ rows }) => rows !== null && format.number(rows),
    },
    { name: "outcome", narrow: SECOND, cell: (row) => <Outcome row={row} /> },
    {
      ...{ name: "duration", narrow: PLAIN, isNumber: true },
      sort: { by: "duration", descending: true },
      cell: ({ durationMs }) => durationMs !== null && t("milliseconds", { count: durationMs }),
    },
    {
      ...{ name: "request", narrow: NAMED },
      cell: ({ requestId }) => (
        <span className="flex items-center gap-1 sm:-my-0.5">
          <bdi title={requestId} className="font-mono">
            {requestId.slice(0, 8)}
          </bdi>
          <CopyMark value={requestId} label={t("copyRequestId")} />
        </span>
      ),
    },
  ];
}

function About({ row, linked }: { row: Row; linked: boolean }) {
  const t = useTranslations("audit");
  const { action, app, subscriberId } = row;
  const { target, reason } = useWords(row);
  if (app === null && subscriberId === null && target === null && reason === null) return null;
  return (
    <span className="grid min-w-0 gap-0.5 sm:w-max sm:max-w-72">
      {(app !== null || subscriberId !== null) && (
        <span className="flex min-w-0 items-center gap-2 sm:-my-0.5">
          {app !== null && <UntrustedText text={app} className="shrink-0 text-muted" />}
          {subscriberId !== null && (
            <Identifier id={subscriberId} copyLabel={t("copySubscriberId")} />
          )}
          {subscriberId !== null && linked && (
            <Link
              prefetch={false}
              href={lookupAddress(app, subscriberId)}
              aria-label={t("lookUp", { id: visibleText(subscriberId) })}
              className="inline-flex size-6 shrink-0 items-center justify-center rounded-mark text-muted hover:text-ink"
            >
              <SquareArrowOutUpRight aria-hidden className="size-3.5" />
            </Link>
          )}
        </span>
      )}
      {target !== null && <UntrustedText text={target} />}
      {reason !== null && (
        <span className="flex min-w-0 gap-1">
          <span className="shrink-0 text-muted">
            {t(/^(people|channels)\./.test(action) ? "change" : "reason")}
          </span>
          <UntrustedText text={reason} className="min-w-0" />
        </span>
      )}
    </span>
  );
}

/** Returns what the row is about: values that Channel Desk wrote in words, all others unchanged. */
function useWords({ action, target, reason }: Row): Pick<Row, "target" | "reason"> {
  const t = useTranslations("audit");
  const pages = useTranslations("pages");
  const roles = useTranslations("roles");
  const format = useFormatter();
  const way = `signInWays.${target}` as "signInWays.password";
  const page = target as "audit";
  const minutes = Number(/^(\d+) min$/.exec(reason ?? "")?.[1]);
  if (action === "signIn" && t.has(way)) return { target: t(way), reason };
  if (action === "page" && pages.has(page)) return { target: pages(page), reason };
  if (action === "people.changeRole" && reason !== null) {
    const words = reason
      .split(" → ")
      .map((name) => (roles.has(name as Role) ? roles(name as Role) : name));
    return { target, reason: words.join(" → ") };
  }
  if (action === "channels.changeTag" && minutes > 0) {
    return { target, reason: format.number(minutes, { style: "unit", unit: "minute" }) };
  }
  if (/^channels\.(un)?watch$/.test(action) && reason === "team")
    return { target, reason: t("forTeam") };
  return { target, reason };
}

function lookupAddress(app: string | null, subscriberId: string): string {
  return `/lookup?${new URLSearchParams({ ...(app !== null && { app }), subscriber: subscriberId })}`;
}

function Fields({ names }: { names: readonly string[] }) {
  const t = useTranslations("audit");
  const fields = useTranslations("fields");
  return (
    <details>
      <summary className="w-fit whitespace-nowrap rounded-mark">
        {t("fieldCount", { count: names.length })}
      </summary>
      <ul>
        {names.map((name) => {
          const known = FIELDS.find((field) => field === name);
          return <li key={name}>{known ? fields(known) : <UntrustedText text={name} />}</li>;
        })}
      </ul>
    </details>
  );
}

const TONES: Readonly<Record<AuditOutcome, Tone>> = {
  started: "warn",
  done: "neutral",
  partial: "warn",
  cancelled: "warn",
  refused: "bad",
  failed: "bad",
};

function Outcome({ row: { action, outcome, code } }: { row: Row }) {
  const t = useTranslations("audit.outcomes");
  const ofSignIn = useTranslations("audit.signInCodes");
  const signInCode = code as "credentials";
  return (
    <span className="grid min-w-0 justify-items-start gap-0.5 sm:w-max sm:max-w-32">
      <Badge tone={TONES[outcome]}>{t(outcome)}</Badge>
      {code !== null && (
        <span className="whitespace-normal text-dense text-muted">
          {action === "signIn" && ofSignIn.has(signInCode) ? (
            ofSignIn(signInCode)
          ) : (
            <ProblemCode code={code} />
          )}
        </span>
      )}
    </span>
  );
}

type AuditPagesProps = { page: AuditPage; params: AuditParams; readAt: Date };

/** The pagination. All pages show the same rows, whatever is written meanwhile. */
export function AuditPages({ page: shown, params, readAt }: AuditPagesProps) {
  const t = useTranslations("audit");
  const table = useTranslations("table");
  const format = useFormatter();
  const { rows, total, page, pageCount, through } = shown;
  const before = (page - 1) * params.size;
  const step = (name: "first" | "previous" | "next" | "last", to: number, icon: ReactNode) => {
    const isThere = to !== page && to >= 1 && to <= pageCount;
    const href = isThere ? auditAddress(params, { page: to, through }) : null;
    return (
      <StepLink scroll label={table(name)} href={href}>
        {icon}
      </StepLink>
    );
  };
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
            {step("first", 1, <ChevronFirst />)}
            {step("previous", page - 1, <ChevronLeft />)}
            <span className="px-1 tabular-nums">
              {table("page")} {format.number(page)}{" "}
              {table("ofPages", { pageCount: format.number(pageCount) })}
            </span>
            {step("next", page + 1, <ChevronRight />)}
            {step("last", pageCount, <ChevronLast />)}
          </>
        )}
      </div>
    </nav>
  );
}

const WORDS = "text-accent-ink underline-offset-4 hover:underline";
