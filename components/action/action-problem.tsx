"use client";

import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import type { Problem } from "./use-action";

/** Why an action did nothing, and what to do about it. */
export function ActionProblem({ problem }: { problem: Problem | null }) {
  const t = useTranslations("action.unreachable");
  if (problem === null) return null;
  const { happened, remedy } =
    problem === "unreachable"
      ? { happened: t("happened"), remedy: t("remedy") }
      : { happened: problem.happened, remedy: problem.remedy };
  return (
    <Alert>
      <p className="font-medium">{happened}</p>
      <p>{remedy}</p>
    </Alert>
  );
}
