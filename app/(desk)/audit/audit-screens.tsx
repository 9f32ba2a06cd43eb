import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { FailureText } from "@/components/action/failure";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { Screen } from "@/components/ui/screen";
import { type CheckedChain, checkedChain } from "@/lib/audit/verify";
import { database } from "@/lib/db/database";
import type { Failure } from "@/lib/failure";
import type { LinkProblem } from "./requested-query";
import { type AuditParams, auditAddress, NO_FILTER } from "./search-params";

/** The audit log is empty. */
export function NoEvents() {
  const t = useTranslations("audit.nothing");
  return <Screen happened={t("happened")} remedy={t("remedy")} />;
}

/** No row matches the filters. */
export function NoMatch({ params }: { params: AuditParams }) {
  const t = useTranslations("audit");
  const action = (
    <Link
      prefetch={false}
      href={auditAddress(params, { filter: NO_FILTER })}
      className={buttonClass("secondary")}
    >
      {t("filters.reset")}
    </Link>
  );
  return <Screen happened={t("noMatch.happened")} remedy={t("noMatch.remedy")} action={action} />;
}

/** Nothing is shown, because the URL is incomplete. */
export function LinkNotice({ problem }: { problem: LinkProblem }) {
  const t = useTranslations("audit.link");
  return (
    <Alert tone="warn">
      <p className="font-medium">{t(`${problem}.happened`)}</p>
      <p>{t(`${problem}.remedy`)}</p>
    </Alert>
  );
}

/** Nothing is shown, because the access could not be recorded, or for a similar reason. */
export function AuditFailure({ failure, address }: { failure: Failure; address: string }) {
  const t = useTranslations("audit");
  const action = (
    <a href={address} className={buttonClass("secondary")}>
      {t("retry")}
    </a>
  );
  return (
    <Alert action={action}>
      <FailureText failure={failure} />
    </Alert>
  );
}

/** Whether the chain is intact. Slow with many rows. */
export async function ChainStatus() {
  const checked = await checkedChain(await database(), new Date());
  return <ChainVerdict {...checked} />;
}

/** Shown while the rows are verified. */
export function ChainChecking() {
  const t = useTranslations("audit.chain");
  return <p className={`${LINE} animate-late`}>{t("checking")}</p>;
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
