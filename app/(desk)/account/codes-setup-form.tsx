"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef } from "react";
import { ActionProblem } from "@/components/action/action-problem";
import { useAction } from "@/components/action/use-action";
import { PasswordInput } from "@/components/auth/password-input";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { CodesSetup, QrPicture } from "@/lib/people/codes-setup";
import { switchCodesOn } from "./actions";

type CodesSetupFormProps = {
  setup: CodesSetup;
  onDone: (recoveryCodes: readonly string[]) => void;
  onCancel: () => void;
};

/** The secret for the app, and the first code of it, by which it is shown that it arrived. */
export function CodesSetupForm({ setup, onDone, onCancel }: CodesSetupFormProps) {
  const t = useTranslations("account.codes");
  const { run, isPending, problem } = useAction(switchCodesOn, ({ recoveryCodes }) =>
    onDone(recoveryCodes),
  );
  const start = useRef<HTMLParagraphElement>(null);
  useEffect(() => start.current?.focus(), []);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [code, password] = [String(form.get("code")), String(form.get("password"))];
    run({ ticket: setup.ticket, code, password });
  }
  return (
    <form onSubmit={submit} onKeyDown={keepComposingEnter} className="grid max-w-110 gap-4">
      <p ref={start} tabIndex={-1} className="outline-none">
        {t("scan")}
      </p>
      <Picture picture={setup.picture} label={t("picture")} />
      <div className="grid gap-1">
        <p className="text-muted">{t("typeIn")}</p>
        <p className="flex items-center gap-2">
          <code className="min-w-0 break-words font-mono">{setup.secret}</code>
          <CopyButton value={setup.secret.replaceAll(" ", "")} label={t("copySecret")} />
        </p>
      </div>
      <Field label={t("code")}>
        {(control) => (
          <Input
            {...control}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
            required
          />
        )}
      </Field>
      <Field label={t("password")}>
        {(control) => (
          <PasswordInput {...control} name="password" autoComplete="current-password" required />
        )}
      </Field>
      {!isPending && <ActionProblem problem={problem} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" aria-disabled={isPending}>
          {t("confirm")}
        </Button>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}

/** Dark on light in either theme: not every camera reads it the other way round. */
function Picture({ picture: { size, path }, label }: { picture: QrPicture; label: string }) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-56 rounded-control border border-line"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
