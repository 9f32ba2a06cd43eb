import { setImmediate } from "node:timers/promises";
import { queueObservations } from "@/lib/channels/observations/queue";
import type { ChatClient } from "@/lib/chat-api/client";
import { ChatApiError } from "@/lib/chat-api/errors";
import type { Field, Subscription } from "@/lib/chat-api/types";
import { readWholeSet, type WholeSetEvent } from "@/lib/chat-api/whole-set";
import { type ColumnId, writeFilter, writeSorts } from "@/lib/subscriptions/filter";
import { type ViewQuery, viewOf } from "@/lib/subscriptions/view";
import { type ExportEvent, exportParts } from "./file-writer";
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
export function exportFile(client: ChatClient, job: ExportJob): AsyncGenerator<Event, void> {
  const { app, subscriberId, format, separator, columns, labels, query, selected, locale } = job;
  const { fields, readable, person, signal } = job;
  const startedAt = new Date();
  const { sorts } = query;
  const { search, filters } = selected ? { search: "", filters: {} } : query;
  const view = (rows: readonly Subscription[]) => {
    const matching = viewOf(rows, { search, filters, sorts }, { now: startedAt, locale });
    return selected ? matching.filter(({ channelId }) => selected.has(channelId)) : matching;
  };
  let readFrom: Date | null = null;
  let readTo = startedAt;
  let unreadableValues = 0;
  let end: End | null = null;

  const parts = async function* () {
    const order = new ListOrder();
    const collected: Subscription[] = [];
    const priority = "background";
    const request = { subscriberId, fields, readable, priority, person, signal } as const;
    for await (const event of readWholeSet(client, request)) {
      let rows = order.add(event);
      if (event.type === "rows") {
        readTo = new Date();
        readFrom ??= readTo;
        queueObservations(app.slug, event.subscriptions, readTo);
      } else {
        end = event;
        failUnlessWhole(end);
      }
      if (sorts.length > 0) {
        collected.push(...rows);
        rows = event.type === "end" ? collected : [];
      }
      const written = view(rows);
      for (const { unreadable = [] } of written) {
        unreadableValues += unreadable.filter((field) => columns.includes(field)).length;
      }
      yield {
        rows: written.slice(0, PART),
        progress: event.type === "rows" ? event.progress : null,
      };
      for (let begin = PART; begin < written.length; begin += PART) {
        await setImmediate();
        yield { rows: written.slice(begin, begin + PART), progress: null };
      }
    }
  };

  const sheet = sheetOf(columns, labels);
  return exportParts({ sheet, format, separator }, parts(), (written): Manifest => {
    if (!end) throw new Error("The reading of a list ended without its end.");
    const { progress, outcome } = end;
    return {
      ...{ app, subscriber: subscriberId, format, fields: columns, search },
      filters: Object.fromEntries(
        Object.entries(filters).map(([column, filter]) => [column, writeFilter(filter)]),
      ),
      sorts: writeSorts(sorts),
      ...(selected && { selectedRows: selected.size }),
      readFrom: (readFrom ?? startedAt).toISOString(),
      readTo: readTo.toISOString(),
      expectedRows: progress.total,
      readRows: progress.read,
      matchingRows: written.writtenRows,
      duplicateRows: progress.duplicates,
      unreadableValues,
      unreadableRows: progress.unreadableRows,
      totalChanged: progress.totalChanged,
      outcome: outcome === "complete" ? outcome : "changed",
      ...written,
    };
  });
}

type End = Extract<WholeSetEvent, { type: "end" }>;

/** An unfinished list makes no file: nobody could tell it from a complete one. */
function failUnlessWhole({ error, outcome, progress }: End): void {
  if (error) throw error;
  if (outcome === "complete" || outcome === "changed") return;
  const info = `Tencent Cloud never reported the end of the list. ${progress.read} channels were loaded.`;
  throw new ChatApiError({ kind: "malformed", info });
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
