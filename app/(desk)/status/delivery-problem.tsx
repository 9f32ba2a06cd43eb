import { useTranslations } from "next-intl";
import { readProblem } from "@/lib/digest/attempt-problem";
import { TechnicalText } from "./technical-text";

/** Why the webhook did not take a delivery: the kind of failure, with the system's code. */
export function DeliveryProblem({ problem }: { problem: string }) {
  const t = useTranslations("status.digest.problems");
  const read = readProblem(problem);
  if (read === null) return <TechnicalText text={problem} />;
  const { kind, code } = read;
  return (
    <>
      <span>{t(kind)}</span> {code && <TechnicalText text={code} />}
    </>
  );
}
