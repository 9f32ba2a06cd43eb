"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { ActionProblem } from "@/components/action/action-problem";
import { useAction } from "@/components/action/use-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Deferred } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import type { Person } from "@/lib/people/list-people";
import type { Result } from "@/lib/result";
import { visibleText } from "@/lib/visible-text";
import {
  changeRole,
  disablePerson,
  enablePerson,
  endSessions,
  type HandedLink,
  inviteAgain,
  resetCodes,
  resetPassword,
} from "./actions";
import { LinkToHand } from "./link-to-hand";
import { isDangerous, type PersonChange } from "./person-change";

type ConfirmDialogProps = {
  change: PersonChange;
  person: Person;
  onClose: () => void;
  onDone: () => void;
};

/** Says what will happen, does it when that is wanted, and shows the link that came of it. */
export function ConfirmDialog({ change, person, onClose, onDone }: ConfirmDialogProps) {
  const t = useTranslations("people");
  const roles = useTranslations("roles");
  const keep = useRef<HTMLButtonElement>(null);
  // As they were when it was asked: afterwards the page knows them as they have become.
  const [asked] = useState(person);
  const [link, setLink] = useState<HandedLink | null>(null);
  const { run, isPending, problem } = useAction(
    (made: PersonChange) => send(made, asked),
    (handed) => {
      onDone();
      if (handed) setLink(handed);
      else onClose();
    },
  );
  useEffect(() => keep.current?.focus(), []);

  const name = visibleText(asked.name);
  const role = change.kind === "changeRole" ? roles(change.to) : "";
  return (
    <Dialog title={t(`changes.${change.kind}.title`, { name })} onClose={onClose}>
      {link ? (
        <LinkToHand link={link} email={asked.email} onClose={onClose} />
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <p>{t(`changes.${change.kind}.sentence`, { name, role })}</p>
          {change.kind === "changeRole" && <p className="text-muted">{t(`mayDo.${change.to}`)}</p>}
          {!isPending && <ActionProblem problem={problem} />}
          <div className="flex flex-wrap gap-2">
            <Button
              variant={isDangerous(change) ? "danger" : "primary"}
              aria-disabled={isPending}
              onClick={() => run(change)}
            >
              {t(`changes.${change.kind}.button`)}
            </Button>
            <Button ref={keep} onClick={onClose}>
              {t("cancel")}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function send(
  change: PersonChange,
  { id, role }: Person,
): Promise<Deferred<Result<HandedLink | null, Failure>>> {
  switch (change.kind) {
    case "changeRole":
      return changeRole({ id, from: role, to: change.to });
    case "inviteAgain":
      return inviteAgain({ id });
    case "resetPassword":
      return resetPassword({ id });
    case "resetCodes":
      return resetCodes({ id });
    case "endSessions":
      return endSessions({ id });
    case "disable":
      return disablePerson({ id });
    case "enable":
      return enablePerson({ id });
  }
}
