import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ClientMessages } from "@/components/client-messages";
import { requirePermission } from "@/lib/auth/require";
import { chatAppLabels } from "@/lib/chat";
import { overview } from "./actions";
import { OverviewPending, OverviewRoom } from "./overview";
import { loadOverviewParams, overviewKey } from "./search-params";

type OverviewPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rooms");
  return { title: t("overview") };
}

/** How the channels are that matter, and what has happened to them. */
export default async function OverviewPage({ searchParams }: OverviewPageProps) {
  await requirePermission("channels");
  const { app } = await loadOverviewParams(searchParams);
  const defaultApp = chatAppLabels()[0]?.slug ?? "";
  return (
    <ClientMessages namespaces={["overview", "failed", "sparkline"]}>
      <Suspense fallback={<OverviewPending />}>
        <Read app={app ?? defaultApp} defaultApp={defaultApp} />
      </Suspense>
    </ClientMessages>
  );
}

/** Read with the page, so that the browser need not ask for it. */
async function Read({ app, defaultApp }: { app: string; defaultApp: string }) {
  const queries = new QueryClient();
  const { answer } = await overview({ app });
  await queries.prefetchQuery({ queryKey: overviewKey(app), queryFn: () => answer });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <OverviewRoom defaultApp={defaultApp} />
    </HydrationBoundary>
  );
}
