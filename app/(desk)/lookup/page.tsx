import { setTimeout } from "node:timers/promises";
import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type ComponentProps, Suspense } from "react";
import { ClientMessages } from "@/components/client-messages";
import { visibleFields } from "@/lib/auth/fields";
import { requirePermission } from "@/lib/auth/require";
import { chatAppLabels } from "@/lib/chat";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { type LookupInput, lookup } from "./actions";
import { lookupInput, lookupKey } from "./lookup-key";
import { LookupPending } from "./lookup-pending";
import { LookupAnswer, LookupQuestion } from "./lookup-room";
import { loadLookupParams } from "./search-params";

type LookupPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rooms");
  return { title: t("lookup") };
}

/** The frame; what a link asks for is read while the frame is already on its way to the browser. */
export default async function LookupPage({ searchParams }: LookupPageProps) {
  const user = await requirePermission("lookup");
  const params = await loadLookupParams(searchParams);
  const visible = visibleFields(user.role);
  const defaultApp = chatAppLabels()[0]?.slug ?? "";
  const input = lookupInput(params, defaultApp, visible);
  const answer = { drawn: params, defaultApp, visible, userId: user.id };
  const asks = input !== null && subscriberIdProblem(input.subscriberId) === null;
  return (
    <ClientMessages namespaces={["lookup", "fields", "table"]}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <LookupQuestion />
        {asks ? (
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
