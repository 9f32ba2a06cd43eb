"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ActionForm, ActionProblem, useAction } from "@/components/action/use-action";
import { PasswordField } from "@/components/auth/password-input";
import { Alert } from "@/components/ui/alert";
import { Button, buttonClass } from "@/components/ui/button";
import { Field, focusFirst, Input } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/screen";
import { SHORTEST_PASSWORD } from "@/lib/auth/password-rules";
import { callAction } from "@/lib/call-action";
import { visibleText } from "@/lib/visible-text";
import { choosePassword, type Invited, readLink } from "./actions";

/** Shows the form of a valid link, or why the link does not work. */
export function LinkReader() {
  const t = useTranslations("choosePassword");
  const token = useLinkToken();
  const { data, error, refetch } = useQuery({
    queryKey: ["account link", token],
    queryFn: () => callAction(readLink, token ?? ""),
    enabled: token !== null && token !== "",
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

/**
 * Reads the token from the URL and removes it, so that it is not in the history, on the screen or
 * in a copied URL. Null before that, empty without a token.
 */
function useLinkToken(): string | null {
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    const take = () => {
      const found = location.hash.slice(1);
      if (found !== "") history.replaceState(history.state, "", location.pathname);
      setToken((known) => (found === "" ? (known ?? "") : found));
    };
    take();
    // Another link in the same window does not reload the page.
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, []);
  return token;
}

/** A new password, which can be shown while typing. */
function PasswordForm({ token, invited }: { token: string; invited: Invited }) {
  const t = useTranslations("choosePassword");
  const [isChosen, setChosen] = useState(false);
  const action = useAction(choosePassword, () => setChosen(true));
  if (isChosen) return <Chosen />;
  return (
    <ActionForm
      action={action}
      onSubmit={(text) => action.run({ token, password: text("password") })}
      submit={t("submit")}
      variant="primary"
      className="[&_[type=submit]]:grow"
    >
      <p>{t(invited.purpose, { name: visibleText(invited.name) })}</p>
      <Field label={t("email")}>
        {(control) => (
          <Input {...control} type="email" autoComplete="username" value={invited.email} readOnly />
        )}
      </Field>
      <PasswordField
        label={t("password")}
        hint={t("hint", { min: SHORTEST_PASSWORD })}
        autoComplete="new-password"
      />
    </ActionForm>
  );
}

function Chosen() {
  const t = useTranslations("choosePassword");
  return (
    <div className="grid gap-4">
      <Alert tone="good">{t("done")}</Alert>
      {/* A full page load, so that nothing of the page stays in memory. */}
      <a ref={focusFirst} href="/sign-in" className={buttonClass("primary")}>
        {t("signIn")}
      </a>
    </div>
  );
}
