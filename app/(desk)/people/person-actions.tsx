"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { ROLES, type Role } from "@/lib/auth/permissions";
import type { Person } from "@/lib/people/list-people";
import type { PersonChange } from "./person-change";

type PersonActionsProps = {
  person: Person;
  isOwn: boolean;
  localAccounts: boolean;
  provider: string | null;
  onChange: (change: PersonChange) => void;
};

/** The changes that make sense for somebody as things are; each is asked about before it is made. */
export function PersonActions({ person, provider, onChange, ...room }: PersonActionsProps) {
  const t = useTranslations("people");
  const { state, heldByProvider } = person;
  const access = state === "disabled" ? "enable" : "disable";
  return (
    <div className="grid gap-4 border-line border-t pt-4">
      {heldByProvider ? (
        <p className="text-muted">{t("heldByProvider", { name: provider ?? "" })}</p>
      ) : (
        // A role that was changed brings a new choice.
        <RoleChoice key={person.role} role={person.role} onChange={onChange} />
      )}
      {room.isOwn && <p className="text-muted">{t("ownAccount")}</p>}
      {kindsFor(person, room).map((kind) => (
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

// One's own password, codes and sessions are changed under the own account, by who knows the password.
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
