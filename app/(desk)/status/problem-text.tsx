import { useTranslations } from "next-intl";
import { describeCode } from "@/lib/chat-api/error-codes";

const KINDS = ["network", "timeout", "http", "malformed"] as const;

/** Why a refresh failed: the vendor's number with what it means, or the kind of failure. */
export function ProblemText({ problem }: { problem: string | null }) {
  const t = useTranslations("status.problems");
  const failures = useTranslations("failures");
  if (problem === null) return null;
  const kind = KINDS.find((each) => each === problem);
  if (kind) return t(kind);
  const isDescribed = describeCode(Number(problem)) !== null;
  return (
    <>
      <span className="font-mono">{problem}</span>
      {/* Every described code has its words in every language: a test compares the two. */}
      {isDescribed && ` ${failures(`codes.${problem}` as "codes.6017")}`}
    </>
  );
}
