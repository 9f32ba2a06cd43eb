import { setImmediate } from "node:timers/promises";
import { queueObservations } from "@/lib/channels/observations/queue";
import type { ChatClient } from "@/lib/chat-api/client";
import { ChatApiError } from "@/lib/chat-api/errors";
import type { Field, Subscription } from "@/lib/chat-api/types";
import { readWholeSet, type WholeSetEvent } from "@/lib/chat-api/whole-set";
import { type ColumnId, writeFilter, writeSorts } from "@/lib/subscriptions/filter";
import { type ViewQuery, viewOf } from "@/lib/subscriptions/view";
import { createFileWriter, type ExportEvent, finished } from "./file-writer";
import type { CsvSeparator, ExportFormat } from "./formats";
import type { Manifest } from "./manifest";
import { sheetOf } from "./sheet";

export type ExportJob = {
  readonly columns: readonly ColumnId[];
  readonly labels: Readonly<Record<ColumnId, string>>;
  readonly app: Manifest["app"];
  readonly subscriberId: string;
  /** Who exports: people take turns. */
  readonly person?: string | undefined;
  readonly format: ExportFormat;
  readonly separator: CsvSeparator;
  /** The requested fields: those shown and those of the query. */
  readonly fields: readonly Field[];
  /** All fields that the person may read. */
  readonly readable?: readonly Field[];
  readonly query: ViewQuery;
  /** The channels to write, whether they match or not. Null: those that match. */
  readonly selected?: ReadonlySet<string> | null;
  readonly locale: string;
  readonly signal: AbortSignal;
};

type Event = ExportEvent<Manifest>;

/** Rows per write, before other requests get their turn. */
const PART = 500;

/**
 * Reads all channels of a subscriber and makes a file of those that match. Rows that nobody sorts are
 * written as they come, in the list's order; sorted ones when all are in hand.
 *
 * @throws ChatApiError when the list could not be read to its end, or the signal's reason when aborted
 */
export async function* exportFile(client: ChatClient, job: ExportJob): AsyncGenerator<Event, void> {
  const { subscriberId, person, fields, readable, query, locale, signal } = job;
  const writer = await createFileWriter(
    job.format,
    sheetOf(job.columns, job.labels),
    job.separator,
  );
  const order = new ListOrder();
  const startedAt = new Date();
  const { selected } = job;
  const fileQuery = selected ? { ...query, search: "", filters: {} } : query;
  const view = (rows: readonly Subscription[]) => {
    const matching = viewOf(rows, fileQuery, { now: startedAt, locale });
    return selected ? matching.filter(({ channelId }) => selected.has(channelId)) : matching;
  };
  const collected: Subscription[] = [];
  let readFrom: Date | null = null;
  let readTo = startedAt;
  let writtenRows = 0;
  let unreadableValues = 0;

  const write = function* (rows: readonly Subscription[]): Generator<Event, void> {
    const bytes = writer.write(rows);
    writtenRows += rows.length;
    for (const { unreadable = [] } of rows) {
      unreadableValues += unreadable.filter((field) => job.columns.includes(field)).length;
    }
    if (bytes.length > 0) yield { type: "bytes", bytes };
  };

  const writeInParts = async function* (
    rows: readonly Subscription[],
  ): AsyncGenerator<Event, void> {
    for (let begin = 0; begin < rows.length; begin += PART) {
      yield* write(rows.slice(begin, begin + PART));
      await setImmediate();
    }
  };

  const priority = "background";
  const request = { subscriberId, fields, readable, priority, person, signal } as const;
  try {
    for await (const event of readWholeSet(client, request)) {
      const rows = order.add(event);
      if (event.type === "rows") queueObservations(job.app.slug, event.subscriptions, new Date());
      if (query.sorts.length > 0) collected.push(...rows);
      else if (rows.length > 0) yield* write(view(rows));
      if (event.type === "rows") {
        readTo = new Date();
        readFrom ??= readTo;
        const { read, total } = event.progress;
        yield { type: "progress", read, total };
        continue;
      }
      const outcome = endOf(event);
      if (query.sorts.length > 0) yield* writeInParts(view(collected));
      yield* finished(writer, {
        ...about(job),
        readFrom: (readFrom ?? startedAt).toISOString(),
        readTo: readTo.toISOString(),
        expectedRows: event.progress.total,
        readRows: event.progress.read,
        matchingRows: writtenRows,
        writtenRows,
        duplicateRows: event.progress.duplicates,
        unreadableValues,
        unreadableRows: event.progress.unreadableRows,
        totalChanged: event.progress.totalChanged,
        outcome,
        replacedCharacters: writer.replacedCharacters,
      });
    }
  } finally {
    await writer.close?.();
  }
}

/** An unfinished list makes no file: nobody could tell it from a complete one. */
function endOf(end: Extract<WholeSetEvent, { type: "end" }>): Manifest["outcome"] {
  if (end.error) throw end.error;
  if (end.outcome === "complete" || end.outcome === "changed") return end.outcome;
  const info = `Tencent Cloud never reported the end of the list. ${end.progress.read} channels were loaded.`;
  throw new ChatApiError({ kind: "malformed", info });
}

function about({ app, subscriberId, format, columns, query, selected }: ExportJob) {
  const filters = Object.entries(selected ? {} : query.filters);
  return {
    ...{ app, subscriber: subscriberId, format, fields: columns },
    search: selected ? "" : query.search,
    filters: Object.fromEntries(filters.map(([column, filter]) => [column, writeFilter(filter)])),
    sorts: writeSorts(query.sorts),
    ...(selected && { selectedRows: selected.size }),
  };
}

type Pending = { readonly offset: number; readonly rows: readonly Subscription[] };

/** Restores the list's order: an answer waits until all before it were read. */
export class ListOrder {
  #pending: Pending[] = [];

  /** Adds an event and returns the rows that are now in order. */
  add(event: WholeSetEvent): Subscription[] {
    if (event.type === "rows") {
      this.#pending.push({ offset: event.offset, rows: event.subscriptions });
    }
    const firstUnread = event.unread[0]?.start ?? Number.POSITIVE_INFINITY;
    const ready = this.#pending.filter(({ offset }) => offset < firstUnread);
    this.#pending = this.#pending.filter(({ offset }) => offset >= firstUnread);
    return ready.sort((a, b) => a.offset - b.offset).flatMap(({ rows }) => rows);
  }
}
