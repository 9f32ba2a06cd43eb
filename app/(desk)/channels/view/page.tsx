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
import { readViewParams, type ViewParams, viewAddress } from "./params";
import { readTrend } from "./read-trend";
import { NothingAsked, NotKnown, ViewFailure } from "./screens";
import { ViewBody } from "./view-body";

type SearchParams = Record<string, string | string[] | undefined>;

type ChannelViewPageProps = { searchParams: Promise<SearchParams> };

/** Reads the trend of an address once for the title and the page. */
const readTrendOnce = cache((address: string) =>
  readTrend(new URL(address, "http://desk").searchParams),
);

export async function generateMetadata({ searchParams }: ChannelViewPageProps): Promise<Metadata> {
  const [t, user, requested] = await Promise.all([
    getTranslations("trend"),
    currentUser(),
    searchParams,
  ]);
  const params = readViewParams(requested);
  // The page itself records and refuses a person without the permission.
  const isRead = user !== null && can(user.role, "channels") && params.channel;
  const answer = isRead ? await readTrendOnce(viewAddress(params)) : null;
  const channel = answer?.ok ? answer.value?.channel : undefined;
  return { title: channel ? visibleText(channel.name || channel.channelId) : t("title") };
}

/** One channel over time. */
export default async function ChannelViewPage({ searchParams }: ChannelViewPageProps) {
  await requirePermission("channels");
  const params = readViewParams(await searchParams);
  return (
    <ClientMessages namespaces={["trend", "channels", "failed", "failures"]}>
      <FollowApp app={params.app} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {params.channel === null ? (
          <NothingAsked app={params.app} />
        ) : (
          <Suspense fallback={<Pending />}>
            <View params={params} />
          </Suspense>
        )}
      </div>
    </ClientMessages>
  );
}

async function View({ params }: { params: ViewParams }) {
  const [answer, ownZone] = await Promise.all([readTrendOnce(viewAddress(params)), getTimeZone()]);
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
