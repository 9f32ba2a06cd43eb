"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Fragment, type ReactNode, useState } from "react";
import { ActionForm, useAction } from "@/components/action/use-action";
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
import { NewLinkPanel, RoleSelect } from "./dialogs";

/** The current person, and how people can sign in. */
export type Viewer = {
  readonly ownId: string;
  readonly localAccounts: boolean;
  /** The identity provider's name. */
  readonly provider: string | null;
};

type PersonDrawerProps = {
  person: Person;
  viewer: Viewer;
  onClose: () => void;
  /** Called with a sentence about the result. */
  onDone: (said: string) => void;
};

/** The details of a person and all possible changes. */
export function PersonDrawer({ person, viewer, onClose, onDone }: PersonDrawerProps) {
  const t = useTranslations("people");
  const [change, setChange] = useState<PersonChange | null>(null);
  const [said, setSaid] = useState("");
  const name = visibleText(person.name);
  return (
    <Dialog title={name} shape="side" onClose={onClose}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <Facts person={person} provider={viewer.provider} />
        <p role="status" className={said === "" ? "sr-only" : ""}>
          {said}
        </p>
        <PersonActions
          {...{ person, viewer }}
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

type PersonProps = { person: Person; provider: string | null };

function Facts({ person, provider }: PersonProps) {
  const t = useTranslations("people");
  const roles = useTranslations("roles");
  const format = useFormatter();
  const { email, role, state, lastSeenAt, neverSeen, liveSessions, linkExpiresAt } = person;
  const isWaiting = state === "invited" || state === "reset";
  const facts = {
    email: (
      <span className="flex items-center gap-1">
        <bdi className="min-w-0 break-all">{visibleText(email)}</bdi>
        <CopyButton value={email} label={t("copyEmail")} />
      </span>
    ),
    role: roles(role),
    state: <StateBadge state={state} />,
    link:
      isWaiting && linkExpiresAt && t("linkUntil", { at: format.dateTime(linkExpiresAt, "exact") }),
    wayIn: <WayIn person={person} provider={provider} />,
    lastSeen: lastSeenAt
      ? format.dateTime(lastSeenAt, "exact")
      : t(neverSeen ? "neverSeen" : "notSeen"),
    sessions: format.number(liveSessions),
  };
  return (
    <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 gap-y-2">
      {(Object.keys(facts) as (keyof typeof facts)[]).map(
        (name) =>
          facts[name] && (
            <Fragment key={name}>
              <dt className="text-muted">{t(`columns.${name}`)}</dt>
              <dd className="min-w-0">{facts[name]}</dd>
            </Fragment>
          ),
      )}
    </dl>
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

/** How a person signs in, in words. */
export function WayIn({ person, provider }: PersonProps) {
  const t = useTranslations("people.wayIn");
  const { heldByProvider, hasCodes, hasPassword } = person;
  if (heldByProvider) return t("provider", { name: provider ?? "" });
  if (!hasPassword) return t("none");
  return t(hasCodes ? "passwordAndCode" : "password");
}

const ACTIONS = {
  inviteAgain,
  resetPassword,
  resetCodes,
  endSessions,
  disable: disablePerson,
  enable: enablePerson,
} as const;

type Kind = keyof typeof ACTIONS;

/** A confirmed change of a person by an administrator. */
type PersonChange = { readonly kind: "changeRole"; readonly to: Role } | { readonly kind: Kind };

type PersonActionsProps = {
  person: Person;
  viewer: Viewer;
  onChange: (change: PersonChange) => void;
};

/** The changes that are possible in the person's state. Each asks for confirmation. */
function PersonActions({ person, viewer, onChange }: PersonActionsProps) {
  const t = useTranslations("people");
  return (
    <div className="grid gap-4 border-line border-t pt-4">
      {person.heldByProvider ? (
        <p className="text-muted">{t("heldByProvider", { name: viewer.provider ?? "" })}</p>
      ) : (
        // A changed role resets the selection.
        <RoleChoice key={person.role} role={person.role} onChange={onChange} />
      )}
      {person.id === viewer.ownId && <p className="text-muted">{t("ownAccount")}</p>}
      {kindsFor(person, viewer).map((kind) => (
        <Choice key={kind} explanation={t(`changes.${kind}.about`)}>
          <Button
            variant={kind === "disable" ? "danger" : "secondary"}
            onClick={() => onChange({ kind })}
          >
            {t(`changes.${kind}.button`)}
          </Button>
        </Choice>
      ))}
    </div>
  );
}

// People change their own password, codes and sessions on the account page.
function kindsFor(person: Person, { ownId, localAccounts }: Viewer): readonly Kind[] {
  const { id, state, heldByProvider, hasCodes, liveSessions } = person;
  if (state === "disabled") return ["enable"];
  if (id === ownId) return ["disable"];
  const isLocal = localAccounts && !heldByProvider;
  const kinds: (Kind | false)[] = [
    isLocal && (state === "invited" ? "inviteAgain" : "resetPassword"),
    isLocal && hasCodes && "resetCodes",
    liveSessions > 0 && "endSessions",
    "disable",
  ];
  return kinds.filter((kind) => kind !== false);
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

  const isHarmless = change.kind === "enable" || change.kind === "inviteAgain";
  const name = visibleText(asked.name);
  const role = change.kind === "changeRole" ? roles(change.to) : "";
  return (
    <Dialog title={t(`changes.${change.kind}.title`, { name })} onClose={onClose}>
      {link ? (
        <NewLinkPanel link={link} email={asked.email} onClose={onClose} />
      ) : (
        <ActionForm
          action={action}
          onSubmit={() => action.run(null)}
          submit={t(`changes.${change.kind}.button`)}
          variant={isHarmless ? "primary" : "danger"}
          onCancel={onClose}
          isCautious
        >
          <p>{t(`changes.${change.kind}.sentence`, { name, role })}</p>
          {change.kind === "changeRole" && <p className="text-muted">{t(`mayDo.${change.to}`)}</p>}
        </ActionForm>
      )}
    </Dialog>
  );
}

function send(
  change: PersonChange,
  { id, role }: Person,
): Promise<Deferred<Result<NewLink | null, Failure>>> {
  if (change.kind === "changeRole") return changeRole({ id, from: role, to: change.to });
  return ACTIONS[change.kind]({ id });
}
