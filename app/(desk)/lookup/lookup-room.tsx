"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import type { Field } from "@/lib/chat-api/types";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { LookupForm } from "./lookup-form";
import { lookupInput } from "./lookup-key";
import { RecentLookups } from "./recent-lookups";
import { lookupParsers } from "./search-params";
import { SubscriptionTable } from "./subscription-table";

type LookupRoomProps = {
  defaultApp: string;
  /** The fields the person's role may see. */
  visible: readonly Field[];
  userId: string;
};

/** One subscriber's channels. Everything that is shown follows from the address. */
export function LookupRoom({ defaultApp, visible, userId }: LookupRoomProps) {
  const t = useTranslations("lookup");
  const [params, setParams] = useQueryStates(lookupParsers, { history: "push" });
  const input = lookupInput(params, defaultApp, visible);
  const problem = input && subscriberIdProblem(input.subscriberId);
  const look = (subscriber: string) => setParams({ subscriber, offset: null });
  return (
    <div className="grid gap-4">
      <LookupForm
        // Back and forward bring another id into the field.
        key={params.subscriber}
        subscriber={params.subscriber ?? ""}
        app={params.app}
        problem={problem}
        onLook={look}
      />
      {input && !problem ? (
        <SubscriptionTable
          input={input}
          shown={params.fields}
          visible={visible}
          userId={userId}
          setParams={setParams}
        />
      ) : (
        <section className="grid gap-4">
          {!input && <p className="text-muted">{t("nothingAsked")}</p>}
          <RecentLookups userId={userId} app={params.app ?? defaultApp} defaultApp={defaultApp} />
        </section>
      )}
    </div>
  );
}
