import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** Asks for a one-time code where the password alone is not enough, and takes the focus. */
export function CodeField() {
  const t = useTranslations("signIn");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);

  // The keyboard of digits, though a recovery code has letters: who needs that can change to another.
  return (
    <Field label={t("code")} hint={t("codeHint")}>
      {(control) => (
        <Input
          {...control}
          ref={input}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          required
        />
      )}
    </Field>
  );
}
