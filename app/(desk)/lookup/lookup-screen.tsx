"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { memo, useMemo, useSyncExternalStore } from "react";
import { DataTableSkeleton } from "@/components/data-table/data-table";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { allowedQuery } from "@/lib/subscriptions/needed-fields";
import type { LookupInput } from "./actions";
import { RecentLookups } from "./lazy-pieces";
import { SubscriptionTable } from "./list/subscription-table";
import type { LookupContext } from "./lookup-context";
import { lookupInput } from "./lookup-query";
import { LookupSummary } from "./lookup-summary";
import { MembershipForm } from "./membership/membership-form";
import { LookupForm } from "./paste/lookup-form";
import { useAccess } from "./reveal/use-access";
import {
  EMPTY_VIEW,
  type LookupParams,
  lookupParsers,
  type SetLookupParams,
  viewQueryOf,
} from "./search-params";

const options = { history: "push" } as const;

type LookupQuestionProps = Pick<LookupContext, "apps" | "defaultApp" | "visible">;

/** The forms of the page. Their values go into the address. */
export function LookupQuestion(props: LookupQuestionProps) {
  const [{ subscriber, app, follows }, setParams] = useQueryStates(lookupParsers, options);
  return <Forms {...props} {...{ subscriber, app, follows, setParams }} />;
}

type FormsProps = LookupQuestionProps &
  Pick<LookupParams, "subscriber" | "app" | "follows"> & { setParams: SetLookupParams };

/** Memoized, because each page of a list is another address. */
const Forms = memo(function Forms(props: FormsProps) {
  const { apps, defaultApp, visible, subscriber, app, follows, setParams } = props;
  return (
    <div className="flex flex-wrap items-start gap-x-8 gap-y-3">
      <LookupForm
        subscriber={subscriber ?? ""}
        app={app}
        apps={apps}
        onLook={(id) => void setParams({ ...ANOTHER, subscriber: id })}
        onFollow={(params) => void setParams(params)}
        onAsk={(channelId) => void setParams({ follows: channelId })}
      />
      {subscriber && (
        <MembershipForm
          app={app ?? defaultApp}
          subscriberId={subscriber}
          withNames={visible.includes("name")}
          follows={follows ?? ""}
          onAsk={(channel) => void setParams({ follows: channel })}
        />
      )}
    </div>
  );
});

/** Another subscriber starts without the filters and the position of the last one. */
const ANOTHER = { ...EMPTY_VIEW, offset: null, whole: null, row: null, follows: null };

type LookupAnswerProps = {
  facts: LookupContext;
  /** The address for which the server rendered the page. */
  drawn: LookupParams;
  /** Whether it was rendered before the vendor's answer. */
  drawnEarly: boolean;
};

/** The list of the address, or the recent lookups. */
export function LookupAnswer({ facts, drawn, drawnEarly }: LookupAnswerProps) {
  const { defaultApp, userId } = facts;
  const t = useTranslations("lookup");
  const [present, setParams] = useQueryStates(lookupParsers, options);
  // Hydration must render what the server rendered, even if the address has changed since.
  const isAlive = useIsAlive();
  const params = isAlive ? present : drawn;
  const app = params.app ?? defaultApp;
  const access = useAccess(facts, app, params.subscriber);
  const { readable } = access;
  const query = useMemo(() => allowedQuery(viewQueryOf(params), readable), [params, readable]);
  const input = useMemo(
    () => lookupInput(params, query, defaultApp, readable),
    [params, query, defaultApp, readable],
  );
  if (input && drawnEarly && !isAlive) return <LookupPending input={input} />;
  if (input && subscriberIdProblem(input.subscriberId) === null) {
    return <SubscriptionTable {...{ input, params, query, facts, access, setParams }} />;
  }
  return (
    <section className="grid gap-4">
      <h1 className="sr-only">{t("title")}</h1>
      {!input && (
        <div className="grid gap-2 text-muted">
          <p>{t("nothingAsked")}</p>
          <p>{t("canPaste.title")}</p>
          <ul className="list-disc pl-5">
            {(["ids", "call", "link"] as const).map((what) => (
              <li key={what}>{t(`canPaste.${what}`)}</li>
            ))}
          </ul>
        </div>
      )}
      <RecentLookups userId={userId} app={app} defaultApp={defaultApp} />
    </section>
  );
}

/** A lookup whose answer is on its way to the browser, with the page around it. */
export function LookupPending({ input }: { input: LookupInput }) {
  const t = useTranslations("lookup");
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <LookupSummary subscriberId={input.subscriberId} answer={null} reading onRefresh={null} />
      <DataTableSkeleton columns={input.fields.length + 1} label={t("reading")} />
    </section>
  );
}

/** Returns false on the server and during hydration. */
function useIsAlive(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}
