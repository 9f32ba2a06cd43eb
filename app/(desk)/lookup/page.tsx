import { setTimeout } from "node:timers/promises";
import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ComponentProps } from "react";
import { ClientMessages } from "@/components/client-messages";
import { FirstFlush } from "@/components/shell/first-flush";
import type { SessionUser } from "@/lib/auth/current-user";
import { listRevealed, maskedFields, shownFields } from "@/lib/auth/fields";
import { requirePermission } from "@/lib/auth/require";
import { chatAppLabels } from "@/lib/chat";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { getPreferences } from "@/lib/preferences/preferences";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { allowedQuery } from "@/lib/subscriptions/needed-fields";
import { type LookupInput, lookup } from "./actions";
import { askedQuery } from "./asked-query";
import { LazyStrictLookup } from "./lazy-pieces";
import type { LookupContext } from "./lookup-context";
import { asksForWhole, lookupInput, lookupKey } from "./lookup-query";
import { LookupAnswer, LookupPending, LookupQuestion } from "./lookup-screen";
import { revealedAt, withRevealed } from "./reveal/revealed";
import { type LookupParams, loadLookupParams, viewQueryOf } from "./search-params";
import { earlyStreamScript } from "./stream/early-stream";
import { streamAddress, wholeSetQuery } from "./stream/stream-address";

type Given = Record<string, string | string[] | undefined>;

type LookupPageProps = { searchParams: Promise<Given> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pages");
  return { title: t("lookup") };
}

/** Renders a quick answer with the page. A slow one is streamed after the frame. */
export default async function LookupPage({ searchParams }: LookupPageProps) {
  const user = await requirePermission("lookup");
  const params = loadLookupParams(await askedQuery(queryOf(await searchParams)));
  const facts = await contextOf(user, params);
  const readable = withRevealed(facts.visible, facts.revealed);
  const query = allowedQuery(viewQueryOf(params), readable);
  const input = lookupInput(params, query, facts.defaultApp, readable);
  const answer = { drawn: params, facts };
  const asks = input !== null && subscriberIdProblem(input.subscriberId) === null;
  // The browser streams a whole set by itself.
  const isWhole = asks && asksForWhole(params, query);
  const { strictAddresses } = env();
  const reading = asks && !isWhole ? startLookup(input) : null;
  return (
    <ClientMessages namespaces={NAMESPACES}>
      <div className={SCREEN}>
        <LookupQuestion apps={facts.apps} defaultApp={facts.defaultApp} visible={facts.visible} />
        {isWhole && !strictAddresses && <EarlyStream params={params} input={input} />}
        {strictAddresses && (
          <ClientMessages namespaces={["links"]}>
            <LazyStrictLookup />
          </ClientMessages>
        )}
        {/* One tree for a page and for a whole set: a refresh must not mount the answer again. */}
        <FirstFlush
          ready={reading?.ended ?? null}
          fallback={reading && <LookupPending input={reading.input} />}
        >
          {reading === null ? (
            <HydrationBoundary state={null}>
              <LookupAnswer {...answer} drawnEarly={isWhole} />
            </HydrationBoundary>
          ) : (
            <Answered reading={reading} answer={answer} />
          )}
        </FirstFlush>
      </div>
    </ClientMessages>
  );
}

// As high as the window, so that the table takes what is left of it; but never too low for some rows.
const SCREEN =
  "flex min-w-0 flex-col print:block print:h-auto! gap-4 sm:h-[max(calc(100dvh-5.5rem-1px),40rem)]";

const NAMESPACES = [
  "lookup",
  "failed",
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
  "reveal",
] as const;

function queryOf(given: Given): URLSearchParams {
  const named = Object.entries(given).flatMap(([name, value]) => {
    const [first] = [value].flat();
    return first === undefined ? [] : [[name, first]];
  });
  return new URLSearchParams(named);
}

async function contextOf(user: SessionUser, params: LookupParams): Promise<LookupContext> {
  const { id: userId, role, sessionId } = user;
  const { fieldPolicy } = env();
  const apps = chatAppLabels();
  const defaultApp = apps[0]?.slug ?? "";
  const { subscriber } = params;
  const about = subscriber ? { app: params.app ?? defaultApp, subscriberId: subscriber } : null;
  const masked = maskedFields(fieldPolicy, role);
  const [db, now] = [await database(), new Date()];
  const [{ lookupTable }, found] = await Promise.all([
    getPreferences(db, userId),
    about && masked.length > 0 ? listRevealed(db, sessionId, about, now) : [],
  ]);
  const allowed = found.filter(({ field }) => masked.includes(field));
  return {
    ...{ apps, defaultApp, userId, role, masked },
    visible: shownFields(fieldPolicy, role),
    revealed: about ? revealedAt(now, about, allowed) : [],
    layout: lookupTable,
  };
}

/**
 * Milliseconds for which streamed rows are waited for. After that the browser renders them itself, because
 * what is streamed cannot take another question before it is there.
 */
const PATIENCE_MS = 700;

type EarlyStreamProps = { params: LookupParams; input: LookupInput };

/** Begins to read a whole set as soon as the browser has the first bytes of the page. */
async function EarlyStream({ params, input }: EarlyStreamProps) {
  const address = streamAddress({
    list: wholeSetQuery(input),
    fields: input.fields,
    mayPause: !params.whole,
    from: null,
  });
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <script
      nonce={nonce}
      // Browsers hide the nonce from React.
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: only the address differs, and it is quoted
      dangerouslySetInnerHTML={{ __html: earlyStreamScript(address) }}
    />
  );
}

type Reading = ReturnType<typeof startLookup>;

function startLookup(input: LookupInput) {
  const queries = new QueryClient();
  const queryKey = lookupKey(input);
  const queryFn = async () => (await lookup(input)).answer;
  return { input, queries, queryKey, ended: queries.prefetchQuery({ queryKey, queryFn }) };
}

type AnsweredProps = {
  reading: Reading;
  answer: Omit<ComponentProps<typeof LookupAnswer>, "drawnEarly">;
};

async function Answered({ reading, answer }: AnsweredProps) {
  const { queries, queryKey, ended } = reading;
  await Promise.race([ended, setTimeout(PATIENCE_MS)]);
  const drawnEarly = queries.getQueryData(queryKey) === undefined;
  return (
    <HydrationBoundary state={dehydrate(queries, { shouldDehydrateQuery: () => true })}>
      <LookupAnswer {...answer} drawnEarly={drawnEarly} />
    </HydrationBoundary>
  );
}
