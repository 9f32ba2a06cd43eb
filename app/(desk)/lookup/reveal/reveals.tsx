"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { FailureText } from "@/components/action/failure";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Checkbox, Form, Input, Field as Labelled } from "@/components/ui/field";
import { callAction } from "@/lib/call-action";
import type { Field } from "@/lib/chat-api/types";
import { MAX_REASON, MIN_REASON, REVEAL_MINUTES, tidyReason } from "@/lib/reveal-terms";
import { type RevealInput, reveal } from "./reveal-actions";
import type { Revealed } from "./revealed";
import type { Access } from "./use-access";

type RevealsProps = {
  app: string;
  subscriberId: string;
  access: Access;
  /** The fields that the role sees after giving a reason, revealed or not. */
  masked: readonly Field[];
  /** The mask that was pressed, or null. */
  pressed: HTMLElement | null;
  onClose: () => void;
};

/** Asks for the reason when a mask is pressed, and says what is revealed until when. */
export function Reveals(props: RevealsProps) {
  const { app, subscriberId, access, masked, pressed, onClose } = props;
  const t = useTranslations("reveal");
  const labels = useTranslations("fields");
  const format = useFormatter();
  const queries = useQueryClient();
  const landing = useRef<HTMLElement | null>(null);
  const field = masked.find((name) => name === pressed?.dataset.reveal);

  // The mask that was pressed will be gone, and the focus must not go with it.
  useEffect(() => {
    if (pressed) return;
    landing.current?.focus();
    landing.current = null;
  }, [pressed]);

  const onRevealed = (fresh: readonly Revealed[]) => {
    // The server may have masked again what this browser took for revealed: then nothing else reads it again.
    const isKnown = fresh.some((reveal) => access.readable.includes(reveal.field));
    for (const kind of ["lookup", "whole", "row"]) {
      const queryKey = [kind, app, subscriberId];
      // What an earlier reason has brought is not for this one.
      queries.removeQueries({ queryKey, type: "inactive" });
      if (isKnown) void queries.resetQueries({ queryKey });
    }
    access.add(fresh);
    landing.current = pressed?.closest<HTMLElement>("[tabindex]") ?? null;
    onClose();
  };
  const revealed = masked.filter((name) => access.readable.includes(name));
  return (
    <>
      <p role="status" className={revealed.length > 0 ? "text-dense text-muted" : "sr-only"}>
        {revealed.length > 0 &&
          t("shownUntil", {
            fields: revealed.map((name) => labels(name)).join(", "),
            subscriberId,
            time: format.dateTime(access.until, "time"),
          })}
      </p>
      {field && (
        <RevealDialog
          {...{ field, app, subscriberId, onRevealed, onClose }}
          others={access.masked.filter((name) => name !== field)}
        />
      )}
    </>
  );
}

type RevealDialogProps = {
  app: string;
  subscriberId: string;
  /** What is to be revealed, and what may be with it. */
  field: Field;
  others: readonly Field[];
  onRevealed: (revealed: readonly Revealed[]) => void;
  onClose: () => void;
};

/** Asks why, and says that the answer is kept. */
function RevealDialog(props: RevealDialogProps) {
  const { app, subscriberId, field, others, onRevealed, onClose } = props;
  const t = useTranslations("reveal");
  const labels = useTranslations("fields");
  const [also, setAlso] = useState<readonly Field[]>([]);
  const [typed, setTyped] = useState("");
  const [isUnfit, setUnfit] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: (input: RevealInput) => callAction(reveal, input),
    onSuccess: (result) => {
      if (result.ok) onRevealed(result.value);
    },
  });

  const submit = () => {
    const reason = tidyReason(typed);
    setUnfit(reason === null);
    if (reason === null) input.current?.focus();
    else if (!isPending) mutate({ app, subscriberId, fields: [field, ...also], reason });
  };
  const limits = { min: MIN_REASON, max: MAX_REASON };
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <Form noValidate className="grid gap-4" onSubmit={submit}>
        <p className="break-words">{t("masked", { field: labels(field), subscriberId })}</p>
        {others.length > 0 && (
          <fieldset>
            <legend className="font-medium">{t("also")}</legend>
            {others.map((other) => (
              <Checkbox
                key={other}
                checked={also.includes(other)}
                onChange={({ target }) =>
                  setAlso((before) =>
                    target.checked ? [...before, other] : before.filter((name) => name !== other),
                  )
                }
              >
                {labels(other)}
              </Checkbox>
            ))}
          </fieldset>
        )}
        <Labelled
          label={t("reason")}
          hint={t("reasonHint", limits)}
          error={isUnfit && t("reasonUnfit", limits)}
        >
          {(control) => (
            <Input
              {...control}
              ref={(element) => {
                input.current = element;
                // A dialog gives the focus to what has this attribute, which React does not write.
                element?.setAttribute("autofocus", "");
              }}
              value={typed}
              maxLength={MAX_REASON}
              dir="auto"
              autoComplete="off"
              required
              onChange={(event) => {
                setTyped(event.target.value);
                setUnfit(false);
              }}
            />
          )}
        </Labelled>
        <p className="text-muted">{t("kept", { minutes: REVEAL_MINUTES })}</p>
        {!isPending && (error || data?.ok === false) && (
          <Alert>
            <FailureText failure={data?.ok === false ? data.failure : null} />
          </Alert>
        )}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" aria-disabled={isPending}>
            {t("reveal")}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
        </div>
      </Form>
    </Dialog>
  );
}
