"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ActionProblem } from "@/components/action/action-problem";
import { Button, buttonClass } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { callAction } from "@/lib/call-action";
import { readLink } from "./actions";
import { PasswordForm } from "./password-form";
import { useLinkToken } from "./use-link-token";

/** Finds out whose link it is, or says why it is good for nothing. */
export function LinkReader() {
  const t = useTranslations("choosePassword");
  const token = useLinkToken();
  const { data, error, refetch } = useQuery({
    queryKey: ["account link", token],
    queryFn: () => callAction(readLink, token ?? ""),
    enabled: token !== null && token !== "",
    networkMode: "always",
  });
  if (token === "") return <p role="alert">{t("noLink")}</p>;
  if (error) {
    return (
      <div className="grid gap-3">
        <ActionProblem problem="unreachable" />
        <Button onClick={() => void refetch()}>{t("retry")}</Button>
      </div>
    );
  }
  if (token === null || !data) return <Skeleton className="h-40 w-full" />;
  if (!data.ok) {
    return (
      <div className="grid gap-3">
        <ActionProblem problem={data.failure} />
        <a href="/sign-in" className={buttonClass("secondary")}>
          {t("signIn")}
        </a>
      </div>
    );
  }
  return <PasswordForm key={token} token={token} invited={data.value} />;
}
