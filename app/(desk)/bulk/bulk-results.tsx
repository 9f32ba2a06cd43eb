"use client";

import { createColumnHelper } from "@tanstack/react-table";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Identifier } from "@/components/channel/values";
import { DataTable } from "@/components/data-table/data-table";
import { DEFAULT_LAYOUT } from "@/components/data-table/layout";
import {
  type ColumnOptions,
  type DataColumn,
  type features,
  useDataTable,
} from "@/components/data-table/table";
import { ExportButton } from "@/components/listing/export/export-button";
import { ListExportDialog } from "@/components/listing/export/export-dialog";
import { addressQuery, useLinks } from "@/components/shell/link-context";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useCopied } from "@/components/ui/copy";
import { CopyMark } from "@/components/ui/copy-mark";
import type { Role } from "@/lib/auth/permissions";
import {
  BULK_FILTERS,
  type BulkAnswer,
  type BulkFilter,
  bulkRecord,
  bulkSheet,
  bulkSheetRow,
  failureOf,
  matchesFilter,
} from "@/lib/bulk/bulk-answer";
import { copiedRows } from "@/lib/export/clipboard";
import { visibleText } from "@/lib/visible-text";
import type { BulkRun } from "./bulk-run";

type Question = Pick<BulkRun, "app" | "channel">;

type Row = { readonly subscriberId: string; readonly answer: BulkAnswer };

type BulkResultsProps = { run: BulkRun; role: Role };

/** One row for each subscriber that was answered, in the order in which the IDs were pasted. */
export function BulkResults({ run, role }: BulkResultsProps) {
  const t = useTranslations("bulk");
  const format = useFormatter();
  const [filter, setFilter] = useState<BulkFilter>("all");
  const { subscriberIds, answers, channel } = run;
  const all = useMemo(
    () =>
      subscriberIds.flatMap((subscriberId): Row[] => {
        const answer = answers.get(subscriberId);
        return answer ? [{ subscriberId, answer }] : [];
      }),
    [subscriberIds, answers],
  );
  const rows = useMemo(
    () => all.filter(({ answer }) => matchesFilter(answer, filter)),
    [all, filter],
  );
  const filters = BULK_FILTERS.filter(
    (each) => channel !== null || (each !== "yes" && each !== "no"),
  );
  return (
    <div className="flex min-h-0 min-w-0 flex-col gap-3 sm:flex-1 print:block">
      {channel && (
        <h2 className="wrap-anywhere font-medium">
          <span>
            {t.rich("asked", {
              channel: visibleText(channel.name || channel.channelId),
              b: (words) => <bdi>{words}</bdi>,
            })}
          </span>{" "}
          {channel.name && (
            <bdi className="font-mono font-normal text-dense text-muted">
              {visibleText(channel.channelId)}
            </bdi>
          )}
        </h2>
      )}
      <div className="flex flex-wrap items-start gap-2 print:hidden">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot wrap its buttons */}
        <div role="group" aria-label={t("filters.label")} className="mr-auto flex flex-wrap gap-2">
          {filters.map((each) => (
            <Button
              key={each}
              aria-pressed={each === filter}
              className="!px-2 text-dense aria-pressed:border-accent aria-pressed:bg-accent-soft"
              onClick={() => setFilter(each)}
            >
              {t(`filters.${each}`)}{" "}
              <span className="text-muted tabular-nums">
                {format.number(all.filter(({ answer }) => matchesFilter(answer, each)).length)}
              </span>
            </Button>
          ))}
        </div>
        <TakeAway {...{ run, role, rows }} />
      </div>
      {rows.length === 0 ? (
        <p className="text-muted">{t("noMatch")}</p>
      ) : (
        <ResultsTable {...{ run, rows, filter }} />
      )}
    </div>
  );
}

/** Copies or exports the rows that the filter shows. */
function TakeAway({ run, role, rows }: BulkResultsProps & { rows: readonly Row[] }) {
  const t = useTranslations("bulk");
  const table = useTranslations("table");
  const { said, copy } = useCopied();
  const { app, channel, readAt, subscriberIds } = run;
  const records = () => rows.map(({ subscriberId, answer }) => bulkRecord(subscriberId, answer));
  const copyRows = () => {
    const sheetRows = rows.map(({ subscriberId, answer }) =>
      bulkSheetRow(bulkRecord(subscriberId, answer), t, failureOf(answer)?.happened ?? null),
    );
    copy(copiedRows(bulkSheet(t, records()).columns, sheetRows));
  };
  return (
    <>
      <Button className="!px-2 text-dense" aria-disabled={rows.length === 0} onClick={copyRows}>
        {table("copyRows")}
      </Button>
      {rows.length > 0 && (
        <ExportButton role={role} onIntent={noPreparation}>
          {(close) => (
            <ListExportDialog
              title={t("exportTitle")}
              what="users"
              scope={<p>{t("exported", { count: rows.length })}</p>}
              addressOf={async (format) => `/bulk/export?format=${format}`}
              body={() =>
                JSON.stringify({
                  ...{ app, channelId: channel?.channelId ?? null, records: records() },
                  ...{ readAt: readAt?.getTime() ?? 0, asked: subscriberIds.length },
                })
              }
              onClose={close}
            />
          )}
        </ExportButton>
      )}
      <span role="status" className="self-center text-dense text-muted empty:-ml-2">
        {said}
      </span>
    </>
  );
}

function noPreparation() {}

const helper = createColumnHelper<typeof features, Row>();

const COLUMNS = ["subscriberId", "result", "channels", "follows", "meaning"] as const;

type Column = (typeof COLUMNS)[number];

const LOOKS: Readonly<Record<Column, ColumnOptions>> = {
  subscriberId: { size: 208, meta: { fixed: true, narrow: "start" } },
  result: { size: 160, meta: { narrow: "end" } },
  channels: { size: 96, meta: { numeric: true, narrow: "second" } },
  follows: { size: 192, meta: { narrow: "secondEnd" } },
  meaning: { size: 440 },
};

type ResultsTableProps = { run: BulkRun; rows: readonly Row[]; filter: BulkFilter };

function ResultsTable({ run, rows, filter }: ResultsTableProps) {
  const t = useTranslations("bulk");
  const [layout, setLayout] = useState(DEFAULT_LAYOUT);
  const open = useOpenLookup(run);
  const columns = useBulkColumns(run);
  const table = useDataTable<Row, Column>({
    ...{ columns, rows, layout, rowSelection: NOTHING, sorts: NOT_SORTED },
    rowId: idOf,
    total: rows.length,
    shown: useMemo(() => columns.map(({ id }) => id), [columns]),
    onLayout: setLayout,
    // No column of these can be hidden, sorted or selected.
    ...{ onHide: ignore, onSort: ignore, onRowSelectionChange: ignore },
  });
  return (
    <DataTable
      {...{ table }}
      caption={t("results")}
      firstRow={1}
      stale={false}
      view={filter}
      density={layout.density}
      sortPending={false}
      filtered={NOT_FILTERED}
      onOpen={({ subscriberId }) => void open(subscriberId)}
    />
  );
}

const NOTHING = {};
const NOT_SORTED: readonly [] = [];
const NOT_FILTERED: ReadonlySet<string> = new Set();

function ignore() {}

function idOf({ subscriberId }: Row): string {
  return subscriberId;
}

function lookupQuery({ app, channel }: Question, subscriberId: string): URLSearchParams {
  const follows = channel && { follows: channel.channelId };
  return new URLSearchParams({ app, subscriber: subscriberId, ...follows });
}

/** Opens a subscriber's lookup where addresses may hold no IDs: by a link that is stored first. */
function useOpenLookup(question: Question) {
  const links = useLinks();
  const router = useRouter();
  return async (subscriberId: string) =>
    router.push(`/lookup?${await addressQuery(links, lookupQuery(question, subscriberId))}`);
}

const TONES = { found: "good", unknown: "neutral", failed: "bad" } as const;

function useBulkColumns({ app, channel }: Question): DataColumn<Row, Column>[] {
  const t = useTranslations("bulk");
  const words = useTranslations("lookup");
  const format = useFormatter();
  const isStrict = useLinks() !== null;
  return useMemo(() => {
    const follows = ({ answer }: Row) => {
      const membership = answer.outcome === "found" ? answer.follows : null;
      if (!membership) return null;
      if (membership.answer !== "yes" || membership.since === null) {
        return t(`membership.${membership.answer}`);
      }
      const since = new Date(membership.since);
      return (
        <time dateTime={since.toISOString()} title={format.dateTime(since, "exact")}>
          {t("membership.since", { since: format.dateTime(since, "day") })}
        </time>
      );
    };
    const meaning = ({ answer }: Row) => {
      const failure = failureOf(answer);
      const code = failure?.vendor?.code;
      const membership = answer.outcome === "found" ? answer.follows : null;
      const partly =
        membership?.answer === "unknown" &&
        t("partly", { read: membership.read, total: membership.total });
      const sentences = [code && String(code), failure?.happened, partly, failure?.remedy];
      const text = sentences.filter(Boolean).join(" ");
      const shown = visibleText(text);
      return (
        text && (
          <bdi title={shown} className="whitespace-normal sm:line-clamp-2">
            {shown}
          </bdi>
        )
      );
    };
    const show: Readonly<Record<Column, (row: Row) => React.ReactNode>> = {
      subscriberId: ({ subscriberId }) => {
        const copyLabel = words("copySubscriberId");
        if (isStrict) return Identifier({ id: subscriberId, copyLabel, opens: true });
        return (
          <span className="identifier">
            <Link
              prefetch={false}
              href={`/lookup?${lookupQuery({ app, channel }, subscriberId)}`}
              className="underline decoration-line underline-offset-2 hover:decoration-current"
            >
              <bdi>{visibleText(subscriberId)}</bdi>
            </Link>
            {CopyMark({ value: subscriberId, label: copyLabel })}
          </span>
        );
      },
      result: ({ answer: { outcome } }) => (
        <Badge tone={TONES[outcome]}>{t(`outcomes.${outcome}`)}</Badge>
      ),
      channels: ({ answer }) => answer.outcome === "found" && format.number(answer.channels),
      follows,
      meaning,
    };
    return COLUMNS.filter((id) => channel !== null || id !== "follows").map((id) => ({
      ...helper.accessor((row): unknown => row.answer, {
        ...LOOKS[id],
        ...{ id, enableSorting: false, enableHiding: false },
        cell: ({ row: { original } }) => show[id](original),
      }),
      id,
      header: t(`columns.${id}`),
    }));
  }, [app, channel, isStrict, t, words, format]);
}
