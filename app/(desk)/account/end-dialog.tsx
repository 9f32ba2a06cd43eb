"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef } from "react";
import { ActionProblem } from "@/components/action/action-problem";
import { useAction } from "@/components/action/use-action";
import { PasswordInput } from "@/components/auth/password-input";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { endOtherSessions, endSession } from "./actions";

type EndDialogProps = {
  /** Null for all but this one. */
  sessionId: string | null;
  asksPassword: boolean;
  onClose: () => void;
  onDone: () => void;
};

/** Whoever found this browser open must not sign its owner out elsewhere: it asks for the password. */
export function EndDialog({ sessionId, asksPassword, onClose, onDone }: EndDialogProps) {
  const t = useTranslations("account");
  const field = useRef<HTMLInputElement>(null);
  const { run, isPending, problem } = useAction(
    (password: string) =>
      sessionId === null ? endOtherSessions({ password }) : endSession({ id: sessionId, password }),
    onDone,
  );
  useEffect(() => field.current?.focus(), []);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    run(String(new FormData(event.currentTarget).get("password") ?? ""));
  }
  const words = sessionId === null ? "others" : "one";
  return (
    <Dialog title={t(`sessions.ending.${words}.title`)} shape="top" onClose={onClose}>
      <form
        onSubmit={submit}
        onKeyDown={keepComposingEnter}
        className="grid grid-cols-[minmax(0,1fr)] gap-4"
      >
        <p>{t(`sessions.ending.${words}.sentence`)}</p>
        {asksPassword && (
          <Field label={t("codes.password")}>
            {(control) => (
              <PasswordInput
                {...control}
                ref={field}
                name="password"
                autoComplete="current-password"
                required
              />
            )}
          </Field>
        )}
        {!isPending && <ActionProblem problem={problem} />}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="danger" aria-disabled={isPending}>
            {t("sessions.ending.submit")}
          </Button>
          <Button onClick={onClose}>{t("codes.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
