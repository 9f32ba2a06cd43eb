"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { ActionProblem, useAction } from "@/components/action/use-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Select } from "@/components/ui/field";
import { ROLES, type Role } from "@/lib/auth/permissions";
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

/** A confirmed change of a person by an administrator. */
export type PersonChange =
  | { readonly kind: "changeRole"; readonly to: Role }
  | {
      readonly kind:
        | "inviteAgain"
        | "resetPassword"
        | "resetCodes"
        | "endSessions"
        | "disable"
        | "enable";
    };

/** Returns whether a change takes something away at once. */
function isDangerous({ kind }: PersonChange): boolean {
  return kind !== "enable" && kind !== "inviteAgain";
}

type PersonActionsProps = {
  person: Person;
  isOwn: boolean;
  localAccounts: boolean;
  provider: string | null;
  onChange: (change: PersonChange) => void;
};

/** The changes that are possible in the person's state. Each asks for confirmation. */
export function PersonActions({ person, provider, onChange, ...context }: PersonActionsProps) {
  const t = useTranslations("people");
  const { state, heldByProvider } = person;
  const access = state === "disabled" ? "enable" : "disable";
  return (
    <div className="grid gap-4 border-line border-t pt-4">
      {heldByProvider ? (
        <p className="text-muted">{t("heldByProvider", { name: provider ?? "" })}</p>
      ) : (
        // A changed role resets the selection.
        <RoleChoice key={person.role} role={person.role} onChange={onChange} />
      )}
      {context.isOwn && <p className="text-muted">{t("ownAccount")}</p>}
      {kindsFor(person, context).map((kind) => (
        <Choice key={kind} explanation={t(`changes.${kind}.about`)}>
          <Button onClick={() => onChange({ kind })}>{t(`changes.${kind}.button`)}</Button>
        </Choice>
      ))}
      <Choice explanation={t(`changes.${access}.about`)}>
        <Button
          variant={access === "disable" ? "danger" : "secondary"}
          onClick={() => onChange({ kind: access })}
        >
          {t(`changes.${access}.button`)}
        </Button>
      </Choice>
    </div>
  );
}

type Kind = Exclude<PersonChange["kind"], "changeRole" | "disable" | "enable">;

// People change their own password, codes and sessions on the account page.
function kindsFor(
  { state, heldByProvider, hasCodes, liveSessions }: Person,
  { isOwn, localAccounts }: { isOwn: boolean; localAccounts: boolean },
): readonly Kind[] {
  if (isOwn || state === "disabled") return [];
  const kinds: Kind[] = [];
  if (localAccounts && !heldByProvider) {
    kinds.push(state === "invited" ? "inviteAgain" : "resetPassword");
    if (hasCodes) kinds.push("resetCodes");
  }
  if (liveSessions > 0) kinds.push("endSessions");
  return kinds;
}

function RoleChoice({ role, onChange }: { role: Role; onChange: (change: PersonChange) => void }) {
  const t = useTranslations("people");
  const roles = useTranslations("roles");
  const [to, setTo] = useState(role);
  return (
    <Choice explanation={t(`mayDo.${to}`)}>
      <Select
        aria-label={t("columns.role")}
        value={to}
        onChange={(event) => setTo(ROLES.find((each) => each === event.target.value) ?? role)}
      >
        {ROLES.map((each) => (
          <option key={each} value={each}>
            {roles(each)}
          </option>
        ))}
      </Select>
      <Button
        aria-disabled={to === role}
        onClick={() => {
          if (to !== role) onChange({ kind: "changeRole", to });
        }}
      >
        {t("changes.changeRole.button")}
      </Button>
    </Choice>
  );
}

function Choice({ explanation, children }: { explanation: string; children: ReactNode }) {
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap gap-2">{children}</div>
      <p className="text-dense text-muted">{explanation}</p>
    </div>
  );
}

type ConfirmDialogProps = {
  change: PersonChange;
  person: Person;
  onClose: () => void;
  onDone: () => void;
};

/** Explains a change, makes it after confirmation, and shows the resulting link. */
export function ConfirmDialog({ change, person, onClose, onDone }: ConfirmDialogProps) {
  const t = useTranslations("people");
  const roles = useTranslations("roles");
  const keep = useRef<HTMLButtonElement>(null);
  // The person as shown when the dialog opened. Afterwards the page shows the new state.
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
