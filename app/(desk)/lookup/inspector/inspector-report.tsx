"use client";

import { useTranslations } from "next-intl";
import { FailureAlert } from "@/components/action/failure";
import { indentJson } from "@/lib/json-text";
import { AttemptTable } from "./attempt-table";
import { CodeSection } from "./code-section";
import type { Inspection } from "./inspect-actions";

type InspectorReportProps = {
  inspection: Inspection;
  retry: { retrying: boolean; onRetry: () => void };
};

/** What was asked, how each attempt ended, what came back, and how to ask the same by hand. */
export function InspectorReport({ inspection, retry }: InspectorReportProps) {
  const t = useTranslations("inspector");
  const { region, origin, path, body, attempts, answer, curl, failure } = inspection;
  const nothing = () => undefined;
  return (
    <>
      {failure && <FailureAlert failure={failure} onDefaultApp={nothing} {...retry} />}
      <CodeSection title={t("call")} text={`POST ${origin}${path}`}>
        <p className="mb-1">{t("region", { region })}</p>
      </CodeSection>
      <section>
        <h3 className="mb-1 font-semibold">{t("attempts")}</h3>
        {attempts.length > 0 ? <AttemptTable attempts={attempts} /> : <p>{t("noAttempt")}</p>}
      </section>
      <CodeSection title={t("body")} text={indentJson(body, Number.POSITIVE_INFINITY).text} />
      {answer ? (
        <CodeSection title={t("answer")} text={answer.text}>
          {answer.rest > 0 && <p className="mb-1">{t("cut", { rest: answer.rest })}</p>}
        </CodeSection>
      ) : (
        <section>
          <h3 className="mb-1 font-semibold">{t("answer")}</h3>
          <p>{t("noAnswer")}</p>
        </section>
      )}
      <CodeSection title={t("curl")} text={curl}>
        <p className="mb-1">{t("placeholders")}</p>
      </CodeSection>
    </>
  );
}
