import { setTimeout } from "node:timers/promises";
import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type ComponentProps, Suspense } from "react";
import { ClientMessages } from "@/components/client-messages";
import { visibleFields } from "@/lib/auth/fields";
import { requirePermission } from "@/lib/auth/require";
import type { User } from "@/lib/auth/session";
import { chatAppLabels } from "@/lib/chat";
import { store } from "@/lib/db/store";
import { getPreferences } from "@/lib/preferences";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { allowedQuery } from "@/lib/subscriptions/needed-fields";
import { type LookupInput, lookup } from "./actions";
import { asksForWhole } from "./list-query";
import { lookupInput, lookupKey } from "./lookup-key";
import { LookupPending } from "./lookup-pending";
import { LookupAnswer, LookupQuestion } from "./lookup-room";
import type { RoomFacts } from "./room-facts";
import { loadLookupParams, viewQueryOf } from "./search-params";

type LookupPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rooms");
  return { title: t("lookup") };
}

/** The frame; what a link asks for is read while the frame is already on its way to the browser. */
export default async function LookupPage({ searchParams }: LookupPageProps) {
  const user = await requirePermission("lookup");
  const params = await loadLookupParams(searchParams);
  const facts = await roomFacts(user);
  const query = allowedQuery(viewQueryOf(params), facts.visible);
  const input = lookupInput(params, query, facts.defaultApp, facts.visible);
  const answer = { drawn: params, ...facts };
  const asks = input !== null && subscriberIdProblem(input.subscriberId) === null;
  return (
    <ClientMessages namespaces={NAMESPACES}>
      <div className={SCREEN}>
        <LookupQuestion apps={facts.apps} />
        {asks && asksForWhole(params, query) ? (
          // All of it is streamed, which the browser begins by itself.
          <LookupAnswer {...answer} drawnEarly />
        ) : asks ? (
          <Suspense fallback={<LookupPending input={input} />}>
            <Answered input={input} answer={answer} />
          </Suspense>
        ) : (
          <LookupAnswer {...answer} drawnEarly={false} />
        )}
      </div>
    </ClientMessages>
  );
}

// As high as the window, so that the table takes what is left of it; but never too low for some rows.
const SCREEN = "flex min-w-0 flex-col gap-4 sm:h-[max(calc(100dvh-5.5rem-1px),40rem)]";

const NAMESPACES = [
  "lookup",
  "fields",
  "table",
  "wholeSet",
  "membership",
  "filters",
  "views",
  "export",
  "paste",
  "ticket",
  "drawer",
  "regions",
  "inspector",
] as const;

async function roomFacts(user: User): Promise<RoomFacts> {
  const { lookupTable } = await getPreferences(await store(), user.id);
  const apps = chatAppLabels();
  return {
    apps,
    defaultApp: apps[0]?.slug ?? "",
    visible: visibleFields(user.role),
    userId: user.id,
    role: user.role,
    layout: lookupTable,
  };
}

/**
 * Milliseconds for which the rows are waited for, to come with the page. Later ones follow by themselves:
 * the page must not be deaf to another question until a slow vendor has answered the first.
 */
const PATIENCE = 700;

type AnsweredProps = {
  input: LookupInput;
  answer: Omit<ComponentProps<typeof LookupAnswer>, "drawnEarly">;
};

async function Answered({ input, answer: props }: AnsweredProps) {
  const queries = new QueryClient();
  const { answer } = await lookup(input);
  const answered = queries.prefetchQuery({ queryKey: lookupKey(input), queryFn: () => answer });
  await Promise.race([answered, setTimeout(PATIENCE)]);
  const drawnEarly = queries.getQueryData(lookupKey(input)) === undefined;
  return (
    <HydrationBoundary state={dehydrate(queries, { shouldDehydrateQuery: () => true })}>
      <LookupAnswer {...props} drawnEarly={drawnEarly} />
    </HydrationBoundary>
  );
}
