"use client";

import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { Failure } from "@/lib/failure";
import { FailureAction, type Retry } from "./failure-action";
import { FailureText } from "./failure-text";

type FailureAlertProps = Retry & {
  /** Null: the desk was not reached, or failed in a way it did not foresee. */
  failure: Failure | null;
  /** Said instead of what the failure says would help. */
  remedy?: string;
  /** Leads out of an address that names an app that is none. */
  onDefaultApp: () => void;
};

/** Nothing could be read, and why. */
export function FailureAlert({ failure, remedy, onDefaultApp, ...retry }: FailureAlertProps) {
  const t = useTranslations("failed");
  const action =
    failure?.code === "unknownApp" ? (
      <Button onClick={onDefaultApp}>{t("openDefaultApp")}</Button>
    ) : (
      <FailureAction failure={failure} {...retry} />
    );
  return (
    <Alert action={action}>
      <FailureText failure={failure} remedy={remedy} />
    </Alert>
  );
}
