"use client";

import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { FailureText } from "./failure-text";
import type { Problem } from "./use-action";

/** Why an action did nothing, and what to do about it. */
export function ActionProblem({ problem }: { problem: Problem | null }) {
  const t = useTranslations("failed.unreachable");
  if (problem === null) return null;
  return (
    <Alert>
      {problem === "unreachable" ? (
        <FailureText failure={null} remedy={t("remedyOfChange")} />
      ) : (
        <FailureText failure={problem} />
      )}
    </Alert>
  );
}
