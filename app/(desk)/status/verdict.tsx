import { CircleCheck } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ProblemCode } from "@/components/channel/values";
import { Alert } from "@/components/ui/alert";
import { TableLink, TechnicalText } from "./elements";
import type { Status } from "./read-status";
import { rowsBehind } from "./tables";

/** How late the refreshes of an app may be before that counts as a problem. */
const GRACE_MS = 5 * 60_000;

type VerdictProps = { status: Status; defaultApp: string };

/** Whether all is well, or else what is wrong and what to do. */
export function Verdict({ status, defaultApp }: VerdictProps) {
  const t = useTranslations("status.verdict");
  const problems = useProblems(status, defaultApp);
  if (problems.length === 0) {
    return (
      <p className="flex items-center gap-2 font-medium">
        <CircleCheck aria-hidden className="size-5 shrink-0 text-good" />
        <span>{t("well")}</span>
      </p>
    );
  }
  return (
    <Alert tone="warn">
      <p className="font-medium">{t("problems", { count: problems.length })}</p>
      <ul className="mt-1 grid gap-1">
        {problems.map(({ key, said, remedy }) => (
          <li key={key}>
            <span>{said}</span> <span className="text-muted">{remedy}</span>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

type Problem = { readonly key: string; readonly said: ReactNode; readonly remedy: ReactNode };

function useProblems(status: Status, defaultApp: string): Problem[] {
  const t = useTranslations("status.verdict");
  const names = useTranslations("status.jobs.names");
  const format = useFormatter();
  const problems: Problem[] = [];
  for (const { app, failed, total, problem } of status.lookups) {
    if (problem === null) continue;
    problems.push({
      key: `lookups ${app}`,
      said: (
        <>
          <span>{t("lookups", { app, failed, total })}</span> <ProblemCode code={problem} />
        </>
      ),
      remedy: <TableLink href={failedLookupsAddress(app)}>{t("showFailed", { app })}</TableLink>,
    });
  }
  for (const { name, state, problem } of status.jobs) {
    if (state !== "failed" && state !== "late") continue;
    problems.push({
      key: `job ${name}`,
      said: (
        <>
          <span>{t(`job.${state}`, { name: names(name) })}</span>{" "}
          {problem && <TechnicalText text={problem} />}
        </>
      ),
      remedy: t("jobRemedy"),
    });
  }
  for (const { app, failing, nextDueAt } of status.health) {
    if (failing > 0) {
      const href = rowsBehind(app, ["failing"], defaultApp);
      problems.push({
        key: `failing ${app}`,
        said: t("failing", { app, count: failing }),
        remedy: <TableLink href={href}>{t("showFailing", { app })}</TableLink>,
      });
    }
    if (nextDueAt !== null && status.readAt.getTime() - nextDueAt.getTime() >= GRACE_MS) {
      const time = format.dateTime(nextDueAt, "exact");
      problems.push({
        key: `behind ${app}`,
        said: t("behind", { app, time }),
        remedy: t("behindRemedy"),
      });
    }
  }
  const count = status.deliveries.filter(
    ({ deliveredAt, nextAttemptAt }) => deliveredAt === null && nextAttemptAt === null,
  ).length;
  if (count > 0) {
    const words = { said: t("webhook", { count }), remedy: t("webhookRemedy") };
    problems.push({ key: "webhook", ...words });
  }
  return problems;
}

/** The address of an app's failed lookups in the audit log. */
export function failedLookupsAddress(app: string): string {
  return `/audit?${new URLSearchParams({ outcome: "failed", inApp: app })}`;
}
