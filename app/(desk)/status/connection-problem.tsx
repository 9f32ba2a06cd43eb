import { ActionProblem } from "@/components/action/action-problem";
import type { Problem } from "@/components/action/use-action";
import { Alert } from "@/components/ui/alert";
import { visibleText } from "@/lib/visible-text";

/** Why an app did not answer, and what to do about it, with the vendor's own words. */
export function ConnectionProblem({ problem }: { problem: Problem | null }) {
  if (problem === null || problem === "unreachable" || problem.vendor === null) {
    return <ActionProblem problem={problem} />;
  }
  const { happened, remedy, vendor } = problem;
  return (
    <Alert>
      <p className="font-medium">{happened}</p>
      <p>{remedy}</p>
      <p>
        <span className="font-mono text-dense">{vendor.code ?? vendor.kind}</span>{" "}
        <bdi>{visibleText(vendor.info)}</bdi>
      </p>
    </Alert>
  );
}
