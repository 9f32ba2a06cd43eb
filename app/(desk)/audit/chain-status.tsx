import { CircleCheck } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { CopyButton } from "@/components/ui/copy-button";
import { type CheckedChain, checkedChain } from "@/lib/audit/checked-chain";
import { database } from "@/lib/db/database";

/** Whether all rows are still what was written. Takes a while where there are many. */
export async function ChainStatus() {
  const checked = await checkedChain(await database(), new Date());
  return <ChainVerdict {...checked} />;
}

/** In the place of the verdict while the rows are read for it. */
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
