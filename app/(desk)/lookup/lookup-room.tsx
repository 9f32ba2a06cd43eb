"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useSyncExternalStore } from "react";
import type { Field } from "@/lib/chat-api/types";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { LookupForm } from "./lookup-form";
import { lookupInput } from "./lookup-key";
import { LookupPending } from "./lookup-pending";
import { RecentLookups } from "./recent-lookups";
import { type LookupParams, lookupParsers } from "./search-params";
import { SubscriptionTable } from "./subscription-table";

const options = { history: "push" } as const;

/** Who? What the field asks goes into the address. */
export function LookupQuestion() {
  const [{ subscriber, app }, setParams] = useQueryStates(lookupParsers, options);
  return (
    <LookupForm
      subscriber={subscriber ?? ""}
      app={app}
      onLook={(wanted) => void setParams({ subscriber: wanted, offset: null })}
    />
  );
}

type LookupAnswerProps = {
  /** The address for which the server drew this. */
  drawn: LookupParams;
  /** It was drawn before the vendor had answered. */
  drawnEarly: boolean;
  defaultApp: string;
  /** The fields the person's role may see. */
  visible: readonly Field[];
  userId: string;
};

/** What the address asks, answered. */
export function LookupAnswer(props: LookupAnswerProps) {
  const { drawn, drawnEarly, defaultApp, visible, userId } = props;
  const t = useTranslations("lookup");
  const [present, setParams] = useQueryStates(lookupParsers, options);
  // What comes alive must be what was drawn, though the address or the data may have moved on since.
  const isAlive = useIsAlive();
  const params = isAlive ? present : drawn;
  const input = lookupInput(params, defaultApp, visible);
  if (input && drawnEarly && !isAlive) return <LookupPending input={input} />;
  if (input && subscriberIdProblem(input.subscriberId) === null) {
    return (
      <SubscriptionTable
        input={input}
        shown={params.fields}
        visible={visible}
        userId={userId}
        setParams={setParams}
      />
    );
  }
  const app = params.app ?? defaultApp;
  return (
    <section className="grid gap-4">
      <h1 className="sr-only">{t("title")}</h1>
      {!input && <p className="text-muted">{t("nothingAsked")}</p>}
      <RecentLookups userId={userId} app={app} defaultApp={defaultApp} />
    </section>
  );
}

/** False on the server and while its drawing comes alive in the browser. */
function useIsAlive(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}
