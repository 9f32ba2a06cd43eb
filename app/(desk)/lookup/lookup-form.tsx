"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAX_SUBSCRIBER_ID_BYTES, subscriberIdProblem } from "@/lib/subscriber-id";
import { visibleText } from "@/lib/visible-text";

/** What comes along unseen when an id is copied out of a chat or a table. */
const AROUND = /^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu;

type LookupFormProps = {
  /** The id in the address, or nothing. */
  subscriber: string;
  app: string | null;
  onLook: (subscriber: string) => void;
};

/** The id somebody is typing. Without script it is a form that leads to the same address. */
export function LookupForm({ subscriber, app, onLook }: LookupFormProps) {
  const t = useTranslations("lookup");
  const queries = useQueryClient();
  const [{ asked, draft, judged }, setDraft] = useState(() => startFrom(subscriber));
  // Back and forward bring another id into the field.
  if (asked !== subscriber) setDraft(startFrom(subscriber));
  const problem = judged === null ? null : subscriberIdProblem(judged);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = draft.replace(AROUND, "");
    setDraft({ asked, draft: wanted, judged: wanted });
    if (subscriberIdProblem(wanted) !== null) return;
    // Asking the same again means asking the vendor again.
    if (wanted !== subscriber) onLook(wanted);
    else void queries.refetchQueries({ type: "active" }, { cancelRefetch: false });
  };

  return (
    <form action="/lookup" className="max-w-xl" onKeyDown={keepComposingEnter} onSubmit={submit}>
      {app && <input type="hidden" name="app" value={app} />}
      <Field
        label={t("subscriberId")}
        error={
          problem &&
          t(`problem.${problem}`, {
            max: MAX_SUBSCRIBER_ID_BYTES,
            shown: visibleText(judged ?? ""),
          })
        }
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              name="subscriber"
              value={draft}
              onChange={(event) => setDraft({ asked, draft: event.target.value, judged: null })}
              placeholder={t("example")}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              enterKeyHint="search"
              className="font-mono"
            />
            <Button type="submit" variant="primary">
              <Search aria-hidden className="size-4" />
              {t("lookUp")}
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}

/** An id in the address is judged at once; one that is being typed, when it is sent. */
function startFrom(subscriber: string) {
  return { asked: subscriber, draft: subscriber, judged: (subscriber || null) as string | null };
}
