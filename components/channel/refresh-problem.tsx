import { useTranslations } from "next-intl";

const KINDS = ["network", "timeout", "http", "malformed", "unreadable"] as const;

/** The reason that a refresh failed: the kind of failure, or the vendor's code with its meaning. */
export function RefreshProblem({ problem }: { problem: string }) {
  const t = useTranslations("failures");
  const kind = KINDS.find((each) => each === problem);
  if (kind) return t(`ofRefresh.${kind}`);
  const meaning = `codes.${problem}` as "codes.6017";
  return (
    <>
      <span className="font-mono">{problem}</span>{" "}
      <span>{t(t.has(meaning) ? meaning : "rejected")}</span>
    </>
  );
}
