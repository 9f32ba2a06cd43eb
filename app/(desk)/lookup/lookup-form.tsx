"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import {
  MAX_SUBSCRIBER_ID_BYTES,
  type SubscriberIdProblem,
  subscriberIdProblem,
} from "@/lib/subscriber-id";

type LookupFormProps = {
  subscriber: string;
  app: string | null;
  /** What is wrong with the id in the address. */
  problem: SubscriberIdProblem | null;
  onLook: (subscriber: string) => void;
};

/** Who? Without script it is a form that leads to the same address. */
export function LookupForm({ subscriber, app, problem: given, onLook }: LookupFormProps) {
  const t = useTranslations("lookup");
  const queries = useQueryClient();
  const [problem, setProblem] = useState(given);

  const submit = (form: HTMLFormElement) => {
    const wanted = String(new FormData(form).get("subscriber")).trim();
    const found = subscriberIdProblem(wanted);
    setProblem(found);
    if (found) return;
    // Asking the same again means asking the vendor again.
    if (wanted === subscriber)
      void queries.refetchQueries({ type: "active" }, { cancelRefetch: false });
    else onLook(wanted);
  };

  return (
    <form
      action="/lookup"
      className="max-w-xl"
      onKeyDown={keepComposingEnter}
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      {app && <input type="hidden" name="app" value={app} />}
      <Field
        label={t("subscriberId")}
        error={problem && t(`problem.${problem}`, { max: MAX_SUBSCRIBER_ID_BYTES })}
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              name="subscriber"
              defaultValue={subscriber}
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
