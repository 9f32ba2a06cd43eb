"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionProblem } from "@/components/action/action-problem";
import { useAction } from "@/components/action/use-action";
import { Button } from "@/components/ui/button";
import type { CodesSetup } from "@/lib/people/codes-setup";
import { beginCodes } from "./actions";
import { CodesOff } from "./codes-off";
import { CodesSetupForm } from "./codes-setup-form";
import { RecoveryCodes } from "./recovery-codes";

type Step =
  | { readonly kind: "rest" | "switchOff" }
  | { readonly kind: "setUp"; readonly setup: CodesSetup }
  | { readonly kind: "recovery"; readonly codes: readonly string[] };

const REST: Step = { kind: "rest" };

type CodesSectionProps = { isOn: boolean; codesLeft: number };

/** Whether signing in asks for a code of an app, and the ways to change that. */
export function CodesSection({ isOn, codesLeft }: CodesSectionProps) {
  const t = useTranslations("account.codes");
  const [step, setStep] = useState<Step>(REST);
  const { run, isPending, problem } = useAction(beginCodes, (setup) =>
    setStep({ kind: "setUp", setup }),
  );
  const rest = () => setStep(REST);

  switch (step.kind) {
    case "setUp":
      return (
        <CodesSetupForm
          setup={step.setup}
          onDone={(codes) => setStep({ kind: "recovery", codes })}
          onCancel={rest}
        />
      );
    case "recovery":
      return <RecoveryCodes codes={step.codes} onDone={rest} />;
    case "switchOff":
      return <CodesOff onEnd={rest} />;
    case "rest":
      return (
        <div className="grid justify-items-start gap-3">
          <p>{isOn ? t("on", { count: codesLeft }) : t("off")}</p>
          {!isPending && <ActionProblem problem={problem} />}
          {isOn ? (
            <Button onClick={() => setStep({ kind: "switchOff" })}>{t("switchOff")}</Button>
          ) : (
            <Button variant="primary" aria-disabled={isPending} onClick={() => run(null)}>
              {t("switchOn")}
            </Button>
          )}
        </div>
      );
  }
}
