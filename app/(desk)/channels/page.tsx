import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/client-messages";
import { FirstFlush } from "@/components/shell/first-flush";
import { DataTableSkeleton } from "@/components/data-table/data-table";
import { shownFields } from "@/lib/auth/fields";
import { requirePermission } from "@/lib/auth/require";
import type { SessionUser } from "@/lib/auth/session";
import { MAX_ADDED } from "@/lib/channels/add";
import { chatAppLabels } from "@/lib/chat";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { getPreferences } from "@/lib/preferences/preferences";
import { readDirectory } from "./actions";
import { ChannelsRoom } from "./channels-room";
import { askedOf, directoryKey, type RoomFacts } from "./directory";
import { DEFAULT_COLUMNS } from "./directory-columns";
import { allowedParams } from "./field-rules";
import { type DirectoryParams, loadDirectoryParams } from "./search-params";

type ChannelsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rooms");
  return { title: t("channels") };
}

/** All channels that the desk knows, to be compared. */
export default async function ChannelsPage({ searchParams }: ChannelsPageProps) {
  const user = await requirePermission("channels");
  const params = await loadDirectoryParams(searchParams);
  const facts = await roomFacts(user);
  const reading = startReading(params, facts);
  return (
    <ClientMessages namespaces={NAMESPACES}>
      <div className={SCREEN}>
        <FirstFlush ready={reading.ended} fallback={<ChannelsPending />}>
          <Read {...reading} facts={facts} />
        </FirstFlush>
      </div>
    </ClientMessages>
  );
}

// As high as the window, so that the table takes what is left of it; but never too low for some rows.
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

async function roomFacts({ id, role }: SessionUser): Promise<RoomFacts> {
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

/** Reads with the page, so that the browser need not ask for it. */
function startReading(params: DirectoryParams, facts: RoomFacts) {
  const queries = new QueryClient();
  const asked = askedOf(allowedParams(params, facts.shown), facts.defaultApp);
  const { query, trends } = asked;
  const queryFn = async () => (await readDirectory({ query, trends })).answer;
  const ended = queries.prefetchQuery({ queryKey: directoryKey(asked), queryFn });
  return { queries, ended };
}

async function Read({
  queries,
  ended,
  facts,
}: ReturnType<typeof startReading> & { facts: RoomFacts }) {
  await ended;
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <ChannelsRoom facts={facts} />
    </HydrationBoundary>
  );
}

/** The directory while it is read. */
export function ChannelsPending() {
  const t = useTranslations("channels");
  return (
    <>
      <h1 className="font-semibold text-title">{t("title")}</h1>
      <DataTableSkeleton columns={DEFAULT_COLUMNS.length} label={t("reading")} />
    </>
  );
}
