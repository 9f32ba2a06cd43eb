"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import type { Person, PersonState } from "@/lib/people/list-people";
import { visibleText } from "@/lib/visible-text";
import { ConfirmDialog, PersonActions, type PersonChange } from "./person-changes";

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
