"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Instant } from "@/components/channel/instant";
import { UntrustedText } from "@/components/channel/untrusted-text";
import { Button } from "@/components/ui/button";
import type { Person } from "@/lib/people/list-people";
import { visibleText } from "@/lib/visible-text";
import { PersonDrawer } from "./person-drawer";
import { StateBadge } from "./state-badge";
import { useWayIn } from "./use-way-in";

type PeopleTableProps = {
  people: readonly Person[];
  /** To say how long ago somebody was here, the same on the server and in the browser. */
  readAt: Date;
  /** Whoever looks. */
  ownId: string;
  localAccounts: boolean;
  /** The identity provider's name. */
  provider: string | null;
};

export function PeopleTable({ people, readAt, ...room }: PeopleTableProps) {
  const t = useTranslations("people");
  const [openId, setOpenId] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const open = people.find(({ id }) => id === openId);
  return (
    <>
      <p role="status" className={said === "" ? "sr-only" : ""}>
        {said}
      </p>
      <div className="overflow-x-auto rounded-control border border-line bg-raised">
        <table className="w-full border-collapse text-left text-dense">
          <caption className="sr-only">{t("title")}</caption>
          <thead className="border-line border-b text-muted">
            <tr>
              <th className={HEAD}>{t("columns.name")}</th>
              <th className={`${HEAD} ${WIDE}`}>{t("columns.role")}</th>
              <th className={HEAD}>{t("columns.state")}</th>
              <th className={`${HEAD} ${WIDE}`}>{t("columns.wayIn")}</th>
              <th className={`${HEAD} ${WIDE}`}>{t("columns.lastSeen")}</th>
              <th className={`${HEAD} ${WIDE} text-right`}>{t("columns.sessions")}</th>
              <th className={HEAD}>
                <span className="sr-only">{t("columns.actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                readAt={readAt}
                provider={room.provider}
                isOwn={person.id === room.ownId}
                onOpen={() => {
                  setSaid("");
                  setOpenId(person.id);
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
      {open && (
        <PersonDrawer
          person={open}
          isOwn={open.id === room.ownId}
          localAccounts={room.localAccounts}
          provider={room.provider}
          onClose={() => setOpenId(null)}
          onDone={setSaid}
        />
      )}
    </>
  );
}

const HEAD = "px-3 py-2 font-medium";
const WIDE = "hidden sm:table-cell";

type PersonRowProps = {
  person: Person;
  readAt: Date;
  provider: string | null;
  isOwn: boolean;
  onOpen: () => void;
};

function PersonRow({ person, readAt, provider, isOwn, onOpen }: PersonRowProps) {
  const t = useTranslations("people");
  const roles = useTranslations("roles");
  const format = useFormatter();
  const wayIn = useWayIn(person, provider);
  const { name, email, role, lastSeenAt, liveSessions } = person;
  return (
    <tr className="border-line border-b last:border-b-0 hover:bg-hover">
      <th
        scope="row"
        className="w-full max-w-0 px-3 py-2 text-left font-normal sm:w-auto sm:max-w-80"
      >
        <span className="flex min-w-0 items-baseline gap-2">
          <UntrustedText text={name} className="min-w-0 font-medium text-base" />
          {isOwn && <span className="shrink-0 text-muted">{t("you")}</span>}
        </span>
        <UntrustedText text={email} className="text-muted" />
        <span className="block text-muted sm:hidden">{roles(role)}</span>
      </th>
      <td className={`px-3 py-2 ${WIDE}`}>{roles(role)}</td>
      <td className="px-3 py-2">
        <StateBadge state={person.state} />
      </td>
      <td className={`px-3 py-2 ${WIDE}`}>{wayIn}</td>
      <td className={`px-3 py-2 ${WIDE}`}>
        {lastSeenAt ? (
          <Instant at={lastSeenAt} since={readAt} format={format} />
        ) : (
          <span className="text-muted">{t("notSeen")}</span>
        )}
      </td>
      <td className={`px-3 py-2 text-right tabular-nums ${WIDE}`}>{format.number(liveSessions)}</td>
      <td className="px-3 py-2 text-right">
        <Button
          aria-label={t("manageWhom", { name: visibleText(name) })}
          aria-haspopup="dialog"
          onClick={onOpen}
        >
          {t("manage")}
        </Button>
      </td>
    </tr>
  );
}
