import { CircleCheck, Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { getTimeZone, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { FailureText } from "@/components/action/failure";
import { ClientMessages } from "@/components/client-messages";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { Screen } from "@/components/ui/screen";
import { type AuditPage as Listed, listAudit } from "@/lib/audit/list";
import { type CheckedChain, checkedChain } from "@/lib/audit/verify";
import { requirePermission } from "@/lib/auth/require";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guard } from "@/lib/http/guard";
import { success } from "@/lib/result";
import { AuditPages, AuditTable } from "./audit-table";
import { Filters } from "./filter-form";
import {
  type AuditParams,
  aboutOf,
  auditAddress,
  auditInput,
  NO_FILTER,
  readAuditParams,
  requestedQuery,
  writeAuditParams,
} from "./search-params";

type SearchParams = Record<string, string | string[] | undefined>;

type AuditPageProps = { searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pages");
  return { title: t("audit") };
}

/** The audit log. Its whole state is in the URL, so it works without a script. */
export default async function AuditPage({ searchParams }: AuditPageProps) {
  await requirePermission("audit");
  const requested = queryOf(await searchParams);
  const { query, link, problem } = await requestedQuery(requested);
  const params = readAuditParams(query, await getTimeZone(), link);
  const { page, through } = params;
  const address = auditAddress(params, { page, through });
  const [t, pages] = await Promise.all([getTranslations("audit"), getTranslations("pages")]);
  if (problem !== null) {
    return (
      <div className={SCREEN}>
        <h1 className={TITLE}>{pages("audit")}</h1>
        <Alert tone="warn">
          <p className="font-medium">{t(`link.${problem}.happened`)}</p>
          <p>{t(`link.${problem}.remedy`)}</p>
        </Alert>
        <Filters params={params} />
      </div>
    );
  }
  // A form sends empty fields and local times, which are no URL to share.
  if (address !== addressOf(requested)) redirect(address);
  const answer = await readAudit(writeAuditParams(params));
  return (
    <ClientMessages>
      <div className={SCREEN}>
        <div className="flex flex-wrap items-center gap-2">
          <h1 className={TITLE}>{pages("audit")}</h1>
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
          <Suspense fallback={<p className={`${LINE} animate-late`}>{t("chain.checking")}</p>}>
            <ChainStatus />
          </Suspense>
        )}
        <Filters params={params} />
        {answer.ok ? (
          <Rows page={answer.value} params={params} />
        ) : (
          <Alert
            action={
              <a href={address} className={buttonClass("secondary")}>
                {t("retry")}
              </a>
            }
          >
            <FailureText failure={answer.failure} />
          </Alert>
        )}
      </div>
    </ClientMessages>
  );
}

const SCREEN = "grid grid-cols-[minmax(0,1fr)] gap-4";
const TITLE = "mr-auto font-semibold text-title";

function Rows({ page, params }: { page: Listed; params: AuditParams }) {
  const t = useTranslations("audit");
  if (page.through === 0) {
    return <Screen happened={t("nothing.happened")} remedy={t("nothing.remedy")} />;
  }
  if (page.total === 0) {
    const address = auditAddress(params, { filter: NO_FILTER });
    const reset = (
      <Link prefetch={false} href={address} className={buttonClass("secondary")}>
        {t("filters.reset")}
      </Link>
    );
    return <Screen happened={t("noMatch.happened")} remedy={t("noMatch.remedy")} action={reset} />;
  }
  return (
    <>
      <AuditTable rows={page.rows} params={params} linked={!env().strictAddresses} />
      <AuditPages page={page} params={params} readAt={new Date()} />
    </>
  );
}

function queryOf(requested: SearchParams): URLSearchParams {
  return new URLSearchParams(
    Object.entries(requested).flatMap(([name, value]) =>
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

/** Whether the chain is intact. Slow with many rows. */
async function ChainStatus() {
  const checked = await checkedChain(await database(), new Date());
  return <ChainVerdict {...checked} />;
}

function ChainVerdict({ verdict, at: checkedAt }: CheckedChain) {
  const t = useTranslations("audit.chain");
  const format = useFormatter();
  const time = format.dateTime(checkedAt, "time");
  if (!verdict.ok) {
    return (
      <Alert>
        <p className="font-medium">{t(verdict.problem, { at: verdict.at })}</p>
        <p>{t("remedy", { time })}</p>
      </Alert>
    );
  }
  const { rows, first, last, head } = verdict;
  return (
    <div className={LINE}>
      <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
      <p>
        <span>{t("whole", { rows, time })}</span>{" "}
        {first > 1 && <span>{t("pruned", { first })}</span>}
      </p>
      <p className="flex items-center gap-1">
        <span>{t("head", { last })}</span>{" "}
        <span className="font-mono text-dense">{`${head.slice(0, 12)}…`}</span>
        <CopyButton value={`${last}:${head}`} label={t("copyHead")} />
      </p>
    </div>
  );
}

const LINE = "flex min-h-6 flex-wrap items-center gap-x-2 text-muted";
