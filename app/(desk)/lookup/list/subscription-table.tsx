"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type MouseEvent, memo, useEffect, useRef, useState } from "react";
import { FailureAlert, RefreshFailed, refreshFailure } from "@/components/action/failure";
import { DataTableSkeleton } from "@/components/data-table/data-table";
import { type ListCommand, ListCommands } from "@/components/listing/list-toolbar";
import { useLinks } from "@/components/shell/link-context";
import { useSavedLayout } from "../../use-saved-layout";
import { AnswerActions } from "../inspector/answer-actions";
import {
  Canceled,
  ChannelDrawer,
  FollowsNothing,
  Membership,
  PastTheEnd,
  Reveals,
  SlowAnswer,
  UnknownSubscriber,
  WholeSetNotice,
} from "../lazy-pieces";
import { isNarrowed } from "../lookup-query";
import { LookupSummary } from "../lookup-summary";
import { rememberLookup } from "../recent/recent";
import { SinceLastLookup } from "../recent/since-last-lookup";
import { isReadToEnd } from "./list-answer";
import { ListView } from "./list-view";
import { type List, type ListViewProps, type SubscriptionTableProps, useList } from "./use-list";
import { useSelectedChannels, useShownRows } from "./use-rows";

/**
 * One subscriber's list: a page of it or all of it, and the screen of each way in which it may end. Memoized, because
 * Next renders the page once more when the address has changed.
 */
export const SubscriptionTable = memo(function SubscriptionTable(props: SubscriptionTableProps) {
  const { input, params, query, facts, access, setParams } = props;
  const t = useTranslations("lookup");
  const views = useTranslations("views");
  const commands = useLookupCommands();
  const root = useRef<HTMLElement>(null);
  // Heard here, so that none is missed while what asks for the reason is still on its way.
  const [pressed, setPressed] = useState<{ mask: HTMLElement; of: string } | null>(null);
  const list = useList({ input, params, query, masked: access.masked });
  const { answer, whole, page, lookup } = list;
  const { app, subscriberId } = input;
  const { userId } = facts;
  const { rows, isWaiting } = useShownRows(answer, query);
  const subject = `${app} ${subscriberId}`;
  const selection = useSelectedChannels(rows, answer, subject);
  const queries = useQueryClient();
  const [layout, onLayout, { unsaved }] = useSavedLayout("lookupTable", facts.layout);
  const isStrict = useLinks() !== null;
  const found = answer?.known && !list.isStale ? answer : null;
  const total = found?.total ?? 0;
  // A list that is being read is remembered once, not with every page that arrives.
  const at = (found?.state === "reading" ? found.readFrom : found?.readTo)?.getTime();

  useEffect(() => {
    // Where addresses hold no ids, the browser keeps none either.
    if (at !== undefined && !isStrict) rememberLookup(userId, { app, subscriberId, at, total });
  }, [at, total, isStrict, userId, app, subscriberId]);

  const hasRows = rows.length > 0 && !list.isStale && !isWaiting;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another app or subscriber brings other rows
  useEffect(() => {
    const field = document.activeElement;
    const isAsked = field instanceof HTMLInputElement && field.name === "subscriber";
    // From the field in which the ID was typed, the keyboard goes on to the rows.
    if (!hasRows || !isAsked || field.value !== subscriberId) return;
    root.current?.querySelector<HTMLElement>("[data-open]")?.focus();
  }, [hasRows, subject, subscriberId]);

  const isReading = whole ? whole.isReading : page.isFetching;
  const retry = () => {
    // What was read another way is older than what comes now, and must not answer later questions.
    const other = whole ? "lookup" : "whole";
    void queries.resetQueries({ queryKey: [other, app, subscriberId] });
    if (whole) whole.readAgain();
    else void page.refetch({ cancelRefetch: false });
  };
  const cancel = () => void queries.cancelQueries({ queryKey: ["lookup", app, subscriberId] });
  const failed = whole ? null : page.error;
  const press = ({ target }: MouseEvent<HTMLElement>) => {
    const mask = target instanceof Element && target.closest<HTMLElement>("[data-reveal]");
    if (mask) setPressed({ mask, of: subject });
  };
  return (
    // biome-ignore lint/a11y: the masks in it are pressed, by pointer or key; here it is only heard
    <section
      ref={root}
      onClick={press}
      aria-label={t("channelsOf", { subscriberId })}
      className="flex min-h-0 min-w-0 flex-col gap-3 sm:flex-1"
    >
      <LookupSummary
        subscriberId={subscriberId}
        answer={answer}
        reading={isReading}
        onRefresh={retry}
        since={<SinceLastLookup {...{ userId, app, subscriberId, answer }} />}
      >
        <AnswerActions
          {...{ answer, input, facts }}
          failure={failureOf(list)}
          shown={rows}
          selected={selection.rows}
          isNarrowed={isNarrowed(query)}
          follows={params.follows}
        />
      </LookupSummary>
      <ListCommands root={root} refreshLabel={t("refresh")} more={commands} />
      {lookup && failed && (
        <RefreshFailed
          failure={refreshFailure(failed)}
          readAt={lookup.readAt}
          retrying={isReading}
          onRetry={retry}
        />
      )}
      {params.follows !== null && (
        <Membership
          {...{ list, app, subscriberId, params, query, setParams }}
          channel={params.follows}
        />
      )}
      {whole && !cameToNothing(list) && (
        <WholeSetNotice
          whole={whole}
          isSorted={query.sorts.length > 0}
          onReadAll={() => void setParams({ whole: true })}
        />
      )}
      <ListScreen
        {...props}
        {...{ list, rows, selection, layout, onLayout, retry, cancel }}
        isStale={list.isStale || isWaiting}
      />
      {params.row && (
        <ChannelDrawer
          {...{ input, answer, rows }}
          channelId={params.row}
          readable={access.readable}
          masked={facts.masked}
          onOpen={(row, options) => void setParams({ row }, options)}
        />
      )}
      {facts.masked.length > 0 && (
        <Reveals
          key={subject}
          {...{ app, subscriberId, access }}
          pressed={pressed?.of === subject ? pressed.mask : null}
          masked={facts.masked}
          onClose={() => setPressed(null)}
        />
      )}
      {unsaved && <p role="status">{views("layoutUnsaved")}</p>}
    </section>
  );
});

function useLookupCommands(): readonly ListCommand[] {
  const t = useTranslations();
  return [
    { group: "table", keys: "a", label: t("wholeSet.loadAll"), dataKey: "loadAll" },
    { group: "share", keys: "t", label: t("ticket.copy"), dataKey: "ticket" },
    { group: "share", keys: "i", label: t("inspector.title") },
  ];
}

type ListScreenProps = Omit<ListViewProps, "answer"> & { retry: () => void; cancel: () => void };

function ListScreen(props: ListScreenProps) {
  const { list, input, params, setParams, retry, cancel } = props;
  const t = useTranslations("lookup");
  const { answer, page, whole } = list;
  const { subscriberId } = input;
  const failure = failureOf(list);
  if (failure || cameToNothing(list) || (!whole && page.error && !page.data)) {
    const nextTry = failure && !whole ? page.nextTry : null;
    return (
      <FailureAlert
        failure={failure}
        remedy={nextTry === null ? undefined : t("tryingAgain", { seconds: nextTry / 1000 })}
        retrying={whole ? whole.isReading : page.isFetching}
        onRetry={retry}
        onDefaultApp={() => void setParams({ app: null })}
      />
    );
  }
  if (!answer && !whole && !page.data && !page.isFetching) {
    return <Canceled subscriberId={subscriberId} onRetry={retry} />;
  }
  if (!answer || (answer.rows.length === 0 && answer.state === "reading")) {
    return (
      <>
        {!whole && <SlowAnswer key={subscriberId} onCancel={cancel} />}
        <DataTableSkeleton columns={params.fields.length + 1} label={t("reading")} />
      </>
    );
  }
  if (!answer.known) return <UnknownSubscriber subscriberId={subscriberId} />;
  if (answer.total === 0 && answer.rows.length === 0 && isReadToEnd(answer)) {
    return <FollowsNothing subscriberId={subscriberId} />;
  }
  // A reading that ended before its first row: what there is to say of it has been said.
  if (answer.rows.length === 0 && answer.state !== "page" && !isReadToEnd(answer)) return null;
  const isEmpty = answer.rows.length === 0 && answer.unreadableRows === 0;
  if (answer.state === "page" && isEmpty && list.lookup?.nextOffset === null) {
    return <PastTheEnd total={answer.total} onFirst={() => void setParams({ offset: null })} />;
  }
  return <ListView {...props} answer={answer} />;
}

/** Why there is nothing to show, where the desk foresaw it. */
function failureOf(list: List) {
  const { whole, page } = list;
  if (whole) return cameToNothing(list) ? (whole.set?.collected.failure ?? null) : null;
  return page.data && !page.data.ok ? page.data.failure : null;
}

/** A reading that failed before the first row, with no other rows to show. */
function cameToNothing({ whole, answer }: List): boolean {
  if (!whole || whole.isReading || (answer && answer.rows.length > 0)) return false;
  const collected = whole.set?.collected;
  return whole.isBroken || (collected?.state === "failed" && collected.subscriptions.length === 0);
}
