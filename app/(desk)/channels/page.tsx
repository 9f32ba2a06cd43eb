import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Prefetched } from "@/components/action/prefetched";
import { ClientMessages } from "@/components/client-messages";
import { DataTableSkeleton } from "@/components/data-table/data-table";
import type { SessionUser } from "@/lib/auth/current-user";
import { shownFields } from "@/lib/auth/fields";
import { requirePermission } from "@/lib/auth/require";
import { countKnownChannels } from "@/lib/channels/directory/directory";
import {
  allowedParams,
  DEFAULT_COLUMNS,
  directoryQuery,
  loadDirectoryParams,
  serializeDirectory,
} from "@/lib/channels/directory/search-params";
import { MAX_ADDED } from "@/lib/channels/watches";
import { chatAppLabels } from "@/lib/chat";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { getPreferences } from "@/lib/preferences/preferences";
import { readDirectory } from "./actions";
import { ChannelsScreen } from "./channels-screen";
import { type ChannelsContext, directoryKey, directoryRequest } from "./directory";

type ChannelsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pages");
  return { title: t("channels") };
}

/** The list of all known channels. */
export default async function ChannelsPage({ searchParams }: ChannelsPageProps) {
  const user = await requirePermission("channels");
  const address = await searchParams;
  const params = loadDirectoryParams(address);
  const context = await channelsContext(user);
  if (await opensOnWatched(address, user.id, params.app ?? context.defaultApp)) {
    redirect(serializeDirectory({ app: params.app, view: "watched" }, "/channels"));
  }
  const request = directoryRequest(allowedParams(params, context.shown), context.defaultApp);
  const { query, trends } = request;
  return (
    <ClientMessages namespaces={NAMESPACES}>
      <div className={SCREEN}>
        <Prefetched
          queryKey={directoryKey(request)}
          read={() => readDirectory({ query, trends })}
          fallback={<ChannelsPending />}
        >
          <ChannelsScreen context={context} />
        </Prefetched>
      </div>
    </ClientMessages>
  );
}

/** Returns whether a bare address leads to the watched channels: it has no view, and there are some. */
async function opensOnWatched(address: object, userId: string, app: string): Promise<boolean> {
  if (Object.keys(address).some((name) => name !== "app")) return false;
  const all = directoryQuery(loadDirectoryParams({}), { app, userId, shown: [] });
  const watched = { ...all, view: "watched" } as const;
  return (await countKnownChannels(await database(), watched, new Date())) > 0;
}

// As high as the window, so that the table fills the rest, but never too low for some rows.
const SCREEN =
  "flex min-w-0 flex-col print:block print:h-auto! gap-3 sm:h-[max(calc(100dvh-5.5rem-1px),44rem)]";

const NAMESPACES = [
  "channels",
  "fields",
  "table",
  "filters",
  "views",
  "export",
  "drawer",
  "failed",
  "failures",
  "sparkline",
] as const;

async function channelsContext({ id, role }: SessionUser): Promise<ChannelsContext> {
  const { fieldPolicy, refreshMinutes } = env();
  const { channelsTable } = await getPreferences(await database(), id);
  return {
    defaultApp: chatAppLabels()[0]?.slug ?? "",
    shown: shownFields(fieldPolicy, role),
    role,
    layout: channelsTable,
    mostAdded: MAX_ADDED,
    refreshMinutes,
  };
}

/** The page while the list is read. */
function ChannelsPending() {
  const t = useTranslations("channels");
  return (
    <>
      <h1 className="font-semibold text-title">{t("title")}</h1>
      <DataTableSkeleton columns={DEFAULT_COLUMNS.length} label={t("reading")} />
    </>
  );
}
