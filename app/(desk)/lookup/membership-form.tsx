"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type MembershipFormProps = {
  /** The channel that the address asks about, or nothing. */
  follows: string;
  onAsk: (channel: string | null) => void;
};

/** Does this subscriber follow a channel? By its id, or by its name. */
export function MembershipForm({ follows, onAsk }: MembershipFormProps) {
  const t = useTranslations("membership");
  const [{ asked, draft }, setDraft] = useState({ asked: follows, draft: follows });
  // Back and forward bring another question into the field.
  if (asked !== follows) setDraft({ asked: follows, draft: follows });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk(draft.trim() || null);
  };

  return (
    <form className="w-full max-w-md" onKeyDown={keepComposingEnter} onSubmit={submit}>
      <Field label={t("label")}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              value={draft}
              onChange={(event) => setDraft({ asked, draft: event.target.value })}
              placeholder={t("example")}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={200}
            />
            <Button type="submit">{t("ask")}</Button>
          </div>
        )}
      </Field>
    </form>
  );
}
