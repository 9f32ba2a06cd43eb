import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import { cache, Suspense } from "react";
import { ClientMessages } from "@/components/client-messages";
import { Skeleton } from "@/components/ui/screen";
import { currentUser } from "@/lib/auth/current-user";
import { can } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/require";
import { chatAppLabel } from "@/lib/chat";
import { visibleText } from "@/lib/visible-text";
import { FollowApp } from "./live-view";
import { readViewParams, type ViewParams } from "./params";
import { readTrend } from "./read-trend";
import { NothingAsked, NotKnown, ViewFailure } from "./screens";
import { ViewBody } from "./view-body";

type SearchParams = Record<string, string | string[] | undefined>;

type ChannelViewPageProps = { searchParams: Promise<SearchParams> };

/** Reads a trend once for the title and the page. */
const readTrendOnce = cache((query: string) => readTrend(new URLSearchParams(query)));

export async function generateMetadata({ searchParams }: ChannelViewPageProps): Promise<Metadata> {
  const [t, user, requested] = await Promise.all([
    getTranslations("trend"),
    currentUser(),
    searchParams,
  ]);
  const params = queryOf(requested);
  // The page itself records and refuses a person without the permission.
  const isRead = user !== null && can(user.role, "channels") && readViewParams(params).channel;
  const answer = isRead ? await readTrendOnce(`${params}`) : null;
  const channel = answer?.ok ? answer.value?.channel : undefined;
  return { title: channel ? visibleText(channel.name || channel.channelId) : t("title") };
}

/** One channel over time. */
export default async function ChannelViewPage({ searchParams }: ChannelViewPageProps) {
  await requirePermission("channels");
  const query = queryOf(await searchParams);
  const params = readViewParams(query);
  return (
    <ClientMessages namespaces={["trend", "channels", "failed", "failures"]}>
      <FollowApp app={params.app} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {params.channel === null ? (
          <NothingAsked app={params.app} />
        ) : (
          <Suspense fallback={<Pending />}>
            <View query={query} params={params} />
          </Suspense>
        )}
      </div>
    </ClientMessages>
  );
}

async function View({ query, params }: { query: URLSearchParams; params: ViewParams }) {
  const [answer, ownZone] = await Promise.all([readTrendOnce(`${query}`), getTimeZone()]);
  if (!answer.ok) return <ViewFailure failure={answer.failure} params={params} />;
  const app = chatAppLabel(params.app);
  if (answer.value === null || app === null) return <NotKnown params={params} app={app} />;
  return <ViewBody view={answer.value} params={params} app={app} ownZone={ownZone} />;
}

/** The page while it is read. */
function Pending() {
  return (
    <>
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-28 w-full" />
      <Skeleton className="h-[260px] w-full sm:h-[380px]" />
    </>
  );
}

function queryOf(params: SearchParams): URLSearchParams {
  const entries = Object.entries(params).flatMap(([name, value]) => {
    const [first] = [value].flat();
    return first === undefined ? [] : [[name, first]];
  });
  return new URLSearchParams(entries);
}
