"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ActionForm, ActionProblem, useAction } from "@/components/action/use-action";
import { PasswordField } from "@/components/auth/password-input";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton, useCopied } from "@/components/ui/copy";
import { Field, focusFirst, Input } from "@/components/ui/field";
import { type SsoProblem, startSso } from "@/lib/auth/oidc/sso";
import { SHORTEST_PASSWORD } from "@/lib/auth/password-rules";
import type { CodesSetup, QrPicture } from "@/lib/people/codes-setup";
import { beginCodes, changePassword, linkAccount, switchCodesOff, switchCodesOn } from "./actions";

/** The current and the new password. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations("account.password");
  const [isChanged, setChanged] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const action = useAction(changePassword, () => {
    form.current?.reset();
    setChanged(true);
  });
  return (
    <ActionForm
      {...{ action, ref: form }}
      onSubmit={(text) => {
        setChanged(false);
        action.run({ password: text("current"), next: text("next") });
      }}
      submit={t("submit")}
      className="max-w-90"
    >
      {/* Tells a password manager whose password it is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField label={t("current")} name="current" />
      <PasswordField
        label={t("next")}
        hint={t("hint", { min: SHORTEST_PASSWORD })}
        name="next"
        autoComplete="new-password"
      />
      {isChanged && <Alert tone="good">{t("done")}</Alert>}
    </ActionForm>
  );
}

type Step =
  | { readonly kind: "rest" | "switchOff" }
  | { readonly kind: "setUp"; readonly setup: CodesSetup }
  | { readonly kind: "recovery"; readonly codes: readonly string[] };

const REST: Step = { kind: "rest" };

type CodesSectionProps = { isOn: boolean; codesLeft: number };

/** Whether one-time codes are on, and the ways to change that. */
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

type CodesSetupFormProps = {
  setup: CodesSetup;
  onDone: (recoveryCodes: readonly string[]) => void;
  onCancel: () => void;
};

/** Shows the secret and asks for the first code, which proves that the app has it. */
function CodesSetupForm({ setup, onDone, onCancel }: CodesSetupFormProps) {
  const t = useTranslations("account.codes");
  const action = useAction(switchCodesOn, ({ recoveryCodes }) => onDone(recoveryCodes));
  return (
    <ActionForm
      action={action}
      onSubmit={(text) =>
        action.run({ ticket: setup.ticket, newCode: text("code"), password: text("password") })
      }
      submit={t("confirm")}
      variant="primary"
      onCancel={onCancel}
      className="max-w-110"
    >
      <p ref={focusFirst} tabIndex={-1} className="outline-none">
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
      <PasswordField label={t("password")} />
    </ActionForm>
  );
}

/** Dark on light in either theme, because some cameras cannot read inverted codes. */
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

/** Milliseconds for which a browser may still be saving the file. */
const KEPT = 60_000;

type RecoveryCodesProps = { codes: readonly string[]; onDone: () => void };

/** Shows the recovery codes once, until the person confirms. */
function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const t = useTranslations("account.recovery");
  const { outcome, said, copy } = useCopied();
  const text = `${codes.join("\n")}\n`;
  return (
    <div className="grid justify-items-start gap-3">
      <p ref={focusFirst} tabIndex={-1} className="font-medium outline-none">
        {t("on")}
      </p>
      <p>{t("keep")}</p>
      <ul aria-label={t("title")} className="grid gap-x-6 gap-y-1 font-mono sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => copy(text)}>{t("copy")}</Button>
        <Button onClick={() => save(t("fileName"), text)}>{t("download")}</Button>
        <span aria-live="polite" className={outcome === "copyFailed" ? "text-bad" : "text-good"}>
          {said}
        </span>
      </div>
      <Button variant="primary" onClick={onDone}>
        {t("done")}
      </Button>
    </div>
  );
}

function save(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(URL.revokeObjectURL, KEPT, link.href);
}

/** Asks for password and code before codes are switched off. */
function CodesOff({ onEnd }: { onEnd: () => void }) {
  const t = useTranslations("account.codes");
  const action = useAction(switchCodesOff, onEnd);
  return (
    <ActionForm
      action={action}
      onSubmit={(text) => action.run({ code: text("code"), password: text("password") })}
      submit={t("switchOff")}
      variant="danger"
      onCancel={onEnd}
      className="max-w-110"
    >
      <p ref={focusFirst} tabIndex={-1} className="outline-none">
        {t("offSentence")}
      </p>
      <PasswordField label={t("password")} />
      <Field label={t("anyCode")}>
        {(control) => (
          <Input {...control} name="code" autoComplete="one-time-code" maxLength={100} required />
        )}
      </Field>
    </ActionForm>
  );
}

type LinkFormProps = {
  /** The identity provider's name. */
  name: string;
  email: string;
  /** Why the last attempt failed, and the provider account it was about. */
  problem: SsoProblem | null;
  account: string | null;
};

/** Asks for the password and opens the provider to link the account. */
export function LinkForm({ name, email, account, problem: last }: LinkFormProps) {
  const t = useTranslations("account.link");
  const sso = useTranslations("sso");
  const [ssoProblem, setSsoProblem] = useState(last);
  const action = useAction(linkAccount, leave);

  async function leave(ticket: string) {
    const started = await startSso("/account", ticket);
    if ("problem" in started) setSsoProblem(started.problem);
    else window.location.assign(started.url);
  }
  const who = account === null ? sso("yourAccount") : sso("account", { account });
  return (
    <ActionForm
      action={action}
      onSubmit={(text) => {
        setSsoProblem(null);
        action.run({ password: text("password") });
      }}
      submit={t("submit", { name })}
      className="max-w-110"
    >
      <p>{t("sentence", { name })}</p>
      {/* Tells a password manager whose password it is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField label={t("password")} />
      {ssoProblem && !action.isPending && (
        <Alert>{sso(`problems.${ssoProblem}`, { name, who })}</Alert>
      )}
    </ActionForm>
  );
}
