"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useAction } from "@/components/action/use-action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import type { Role } from "@/lib/auth/permissions";
import type { Deferred } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import type { Person, PersonState } from "@/lib/people/list-people";
import type { Result } from "@/lib/result";
import { visibleText } from "@/lib/visible-text";
import {
  changeRole,
  disablePerson,
  enablePerson,
  endSessions,
  inviteAgain,
  type NewLink,
  resetCodes,
  resetPassword,
} from "./actions";
import { Confirmation, NewLinkPanel, RoleSelect } from "./dialogs";

type PersonDrawerProps = {
  person: Person;
  isOwn: boolean;
  localAccounts: boolean;
  provider: string | null;
  onClose: () => void;
  /** Called with a sentence about the result. */
  onDone: (said: string) => void;
};

/** The details of a person and all possible changes. */
export function PersonDrawer({ person, onClose, onDone, ...context }: PersonDrawerProps) {
  const t = useTranslations("people");
  const [change, setChange] = useState<PersonChange | null>(null);
  const [said, setSaid] = useState("");
  const name = visibleText(person.name);
  return (
    <Dialog title={name} shape="side" onClose={onClose}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <Facts person={person} provider={context.provider} />
        <p role="status" className={said === "" ? "sr-only" : ""}>
          {said}
        </p>
        <PersonActions
          person={person}
          {...context}
          onChange={(asked) => {
            setSaid("");
            setChange(asked);
          }}
        />
      </div>
      {change && (
        <ConfirmDialog
          change={change}
          person={person}
          onClose={() => setChange(null)}
          onDone={() => {
            const done = t(`changes.${change.kind}.done`, { name });
            setSaid(done);
            onDone(done);
          }}
        />
      )}
    </Dialog>
  );
}

function Facts({ person, provider }: { person: Person; provider: string | null }) {
  const t = useTranslations("people");
  const roles = useTranslations("roles");
  const format = useFormatter();
  const wayIn = useWayIn(person, provider);
  const { email, role, state, lastSeenAt, neverSeen, liveSessions, linkExpiresAt } = person;
  const isWaiting = state === "invited" || state === "reset";
  return (
    <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 gap-y-2">
      <Fact term={t("columns.email")}>
        <span className="flex items-center gap-1">
          <bdi className="min-w-0 break-all">{visibleText(email)}</bdi>
          <CopyButton value={email} label={t("copyEmail")} />
        </span>
      </Fact>
      <Fact term={t("columns.role")}>{roles(role)}</Fact>
      <Fact term={t("columns.state")}>
        <StateBadge state={state} />
      </Fact>
      {isWaiting && linkExpiresAt && (
        <Fact term={t("columns.link")}>
          {t("linkUntil", { at: format.dateTime(linkExpiresAt, "exact") })}
        </Fact>
      )}
      <Fact term={t("columns.wayIn")}>{wayIn}</Fact>
      <Fact term={t("columns.lastSeen")}>
        {lastSeenAt ? format.dateTime(lastSeenAt, "exact") : t(neverSeen ? "neverSeen" : "notSeen")}
      </Fact>
      <Fact term={t("columns.sessions")}>{format.number(liveSessions)}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

const TONES = {
  active: "good",
  invited: "warn",
  reset: "warn",
  noWayIn: "warn",
  disabled: "bad",
} as const;

/** Whether a person can sign in. */
export function StateBadge({ state }: { state: PersonState }) {
  const t = useTranslations("people.states");
  return <Badge tone={TONES[state]}>{t(state)}</Badge>;
}

/** Returns how a person signs in, in words. */
export function useWayIn(
  {
    heldByProvider,
    hasCodes,
    hasPassword,
  }: Pick<Person, "heldByProvider" | "hasCodes" | "hasPassword">,
  provider: string | null,
): string {
  const t = useTranslations("people.wayIn");
  if (heldByProvider) return t("provider", { name: provider ?? "" });
  if (!hasPassword) return t("none");
  return t(hasCodes ? "passwordAndCode" : "password");
}

/** A confirmed change of a person by an administrator. */
type PersonChange =
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
function PersonActions({ person, provider, onChange, ...context }: PersonActionsProps) {
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
  const [to, setTo] = useState(role);
  return (
    <Choice explanation={t(`mayDo.${to}`)}>
      <RoleSelect aria-label={t("columns.role")} value={to} onRole={setTo} />
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
function ConfirmDialog({ change, person, onClose, onDone }: ConfirmDialogProps) {
  const t = useTranslations("people");
  const roles = useTranslations("roles");
  // The person as shown when the dialog opened. Afterwards the page shows the new state.
  const [asked] = useState(person);
  const [link, setLink] = useState<NewLink | null>(null);
  const action = useAction(
    () => send(change, asked),
    (created) => {
      onDone();
      if (created) setLink(created);
      else onClose();
    },
  );

  const name = visibleText(asked.name);
  const role = change.kind === "changeRole" ? roles(change.to) : "";
  return (
    <Dialog title={t(`changes.${change.kind}.title`, { name })} onClose={onClose}>
      {link ? (
        <NewLinkPanel link={link} email={asked.email} onClose={onClose} />
      ) : (
        <Confirmation
          action={action}
          submit={t(`changes.${change.kind}.button`)}
          variant={isDangerous(change) ? "danger" : "primary"}
          onSubmit={() => action.run(null)}
          onCancel={onClose}
        >
          <p>{t(`changes.${change.kind}.sentence`, { name, role })}</p>
          {change.kind === "changeRole" && <p className="text-muted">{t(`mayDo.${change.to}`)}</p>}
        </Confirmation>
      )}
    </Dialog>
  );
}

const ACTIONS = {
  inviteAgain,
  resetPassword,
  resetCodes,
  endSessions,
  disable: disablePerson,
  enable: enablePerson,
} as const;

function send(
  change: PersonChange,
  { id, role }: Person,
): Promise<Deferred<Result<NewLink | null, Failure>>> {
  if (change.kind === "changeRole") return changeRole({ id, from: role, to: change.to });
  return ACTIONS[change.kind]({ id });
}
