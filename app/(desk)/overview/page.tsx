import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/client-messages";
import { FirstFlush } from "@/components/shell/first-flush";
import { requirePermission } from "@/lib/auth/require";
import { chatAppLabels } from "@/lib/chat";
import { overview } from "./actions";
import { OverviewPending, OverviewView } from "./overview";
import { loadOverviewParams, overviewKey } from "./search-params";

type OverviewPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pages");
  return { title: t("overview") };
}

/** The state of the important channels and what changed. */
export default async function OverviewPage({ searchParams }: OverviewPageProps) {
  await requirePermission("channels");
  const { app } = await loadOverviewParams(searchParams);
  const defaultApp = chatAppLabels()[0]?.slug ?? "";
  const reading = startReading(app ?? defaultApp);
  return (
    <ClientMessages namespaces={["overview", "failed", "sparkline"]}>
      <FirstFlush ready={reading.ended} fallback={<OverviewPending />}>
        <Read {...reading} defaultApp={defaultApp} />
      </FirstFlush>
    </ClientMessages>
  );
}

/** Reads with the page, so that the browser need not ask for it. */
function startReading(app: string) {
  const queries = new QueryClient();
  const queryFn = async () => (await overview({ app })).answer;
  return { queries, ended: queries.prefetchQuery({ queryKey: overviewKey(app), queryFn }) };
}

type ReadProps = ReturnType<typeof startReading> & { defaultApp: string };

async function Read({ queries, ended, defaultApp }: ReadProps) {
  await ended;
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <OverviewView defaultApp={defaultApp} />
    </HydrationBoundary>
  );
}
