import { Download } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTimeZone, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ClientMessages } from "@/components/client-messages";
import { buttonClass } from "@/components/ui/button";
import { type AuditPage as Listed, listAudit } from "@/lib/audit/list";
import { requirePermission } from "@/lib/auth/require";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guard } from "@/lib/http/guard";
import { success } from "@/lib/result";
import { AuditPages } from "./audit-pages";
import {
  AuditFailure,
  ChainChecking,
  ChainStatus,
  LinkNotice,
  NoEvents,
  NoMatch,
} from "./audit-screens";
import { AuditTable } from "./audit-table";
import { Filters } from "./filter-form";
import { requestedQuery } from "./requested-query";
import {
  type AuditParams,
  aboutOf,
  auditAddress,
  auditInput,
  readAuditParams,
  writeAuditParams,
} from "./search-params";

type SearchParams = Record<string, string | string[] | undefined>;

type AuditPageProps = { searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rooms");
  return { title: t("audit") };
}

/** The audit log. Its whole state is in the URL, so it works without a script. */
export default async function AuditPage({ searchParams }: AuditPageProps) {
  await requirePermission("audit");
  const given = queryOf(await searchParams);
  const { query, link, problem } = await requestedQuery(given);
  const params = readAuditParams(query, await getTimeZone(), link);
  const { page, through } = params;
  const address = auditAddress(params, { page, through });
  const [t, rooms] = await Promise.all([getTranslations("audit"), getTranslations("rooms")]);
  if (problem !== null) {
    return (
      <div className={SCREEN}>
        <h1 className={TITLE}>{rooms("audit")}</h1>
        <LinkNotice problem={problem} />
        <Filters params={params} />
      </div>
    );
  }
  // A form sends empty fields and local times, which are no URL to share.
  if (address !== addressOf(given)) redirect(address);
  const answer = await readAudit(writeAuditParams(params));
  return (
    <ClientMessages>
      <div className={SCREEN}>
        <div className="flex flex-wrap items-center gap-2">
          <h1 className={TITLE}>{rooms("audit")}</h1>
          {answer.ok && (
            <a
              href={auditAddress(params, { through: answer.value.through }, "/audit/export")}
              className={buttonClass("secondary")}
            >
              <Download aria-hidden className="size-4" />
              {t("export")}
            </a>
          )}
        </div>
        {answer.ok && (
          <Suspense fallback={<ChainChecking />}>
            <ChainStatus />
          </Suspense>
        )}
        <Filters params={params} />
        {answer.ok ? (
          <Rows page={answer.value} params={params} />
        ) : (
          <AuditFailure failure={answer.failure} address={address} />
        )}
      </div>
    </ClientMessages>
  );
}

const SCREEN = "grid grid-cols-[minmax(0,1fr)] gap-4";
const TITLE = "mr-auto font-semibold text-title";

function Rows({ page, params }: { page: Listed; params: AuditParams }) {
  if (page.through === 0) return <NoEvents />;
  if (page.total === 0) return <NoMatch params={params} />;
  return (
    <>
      <AuditTable rows={page.rows} params={params} linked={!env().strictAddresses} />
      <AuditPages page={page} params={params} readAt={new Date()} />
    </>
  );
}

function queryOf(given: SearchParams): URLSearchParams {
  return new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) =>
      [value].flat().flatMap((each) => (each === undefined ? [] : [[name, each]])),
    ),
  );
}

function addressOf(query: URLSearchParams): string {
  return query.size === 0 ? "/audit" : `/audit?${query}`;
}

/** Returns the page of the audit log for a query, and records the access first. */
const readAudit = guard({
  permission: "audit",
  audit: { action: "audit.read", about: aboutOf },
  input: auditInput,
  async run(params, _, note) {
    const page = await listAudit(await database(), params);
    note({ rows: page.rows.length });
    return success(page);
  },
});
