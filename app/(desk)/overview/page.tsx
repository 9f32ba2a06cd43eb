import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Prefetched } from "@/components/action/prefetched";
import { ClientMessages } from "@/components/client-messages";
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
  const current = app ?? defaultApp;
  return (
    <ClientMessages namespaces={["overview", "failed", "sparkline"]}>
      <Prefetched
        queryKey={overviewKey(current)}
        read={() => overview({ app: current })}
        fallback={<OverviewPending />}
      >
        <OverviewView defaultApp={defaultApp} />
      </Prefetched>
    </ClientMessages>
  );
}
