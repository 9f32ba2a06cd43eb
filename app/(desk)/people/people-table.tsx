"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { UntrustedText } from "@/components/channel/text";
import { Instant } from "@/components/channel/values";
import { SmallTable } from "@/components/data-table/small-table";
import { OffsetPages } from "@/components/listing/offset-pages";
import { Button } from "@/components/ui/button";
import type { Person } from "@/lib/people/list-people";
import { visibleText } from "@/lib/visible-text";
import { PersonDrawer, StateBadge, type Viewer, WayIn } from "./person-drawer";
import { type PeopleParams, SIZES, serializePeople } from "./search-params";

type PeopleTableProps = {
  people: readonly Person[];
  /** The reference for relative times, the same on the server and in the browser. */
  readAt: Date;
  viewer: Viewer;
};

export function PeopleTable({ people, readAt, viewer }: PeopleTableProps) {
  const t = useTranslations("people");
  const roles = useTranslations("roles");
  const format = useFormatter();
  const [openId, setOpenId] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const open = people.find(({ id }) => id === openId);
  return (
    <>
      <p role="status" className={said === "" ? "sr-only" : ""}>
        {said}
      </p>
      <SmallTable
        title={t("title")}
        columns={[
          {
            name: t("columns.name"),
            className: "w-full max-w-0 !whitespace-normal sm:w-auto sm:max-w-80",
          },
          { name: t("columns.role"), className: "max-sm:hidden" },
          { name: t("columns.state") },
          { name: t("columns.wayIn"), isWide: true },
          { name: t("columns.lastSeen"), className: "max-sm:hidden" },
          { name: t("columns.sessions"), isWide: true, isNumber: true },
          {
            name: <span className="sr-only">{t("columns.actions")}</span>,
            className: "text-right",
          },
        ]}
        rows={people.map((person) => ({
          key: person.id,
          cells: [
            <Name key="name" person={person} isOwn={person.id === viewer.ownId} />,
            roles(person.role),
            <StateBadge key="state" state={person.state} />,
            <WayIn key="wayIn" person={person} provider={viewer.provider} />,
            person.lastSeenAt ? (
              <Instant key="lastSeen" at={person.lastSeenAt} since={readAt} format={format} />
            ) : (
              <span key="lastSeen" className="text-muted">
                {t(person.neverSeen ? "neverSeen" : "notSeen")}
              </span>
            ),
            format.number(person.liveSessions),
            <Button
              key="manage"
              aria-label={t("manageWhom", { name: visibleText(person.name) })}
              aria-haspopup="dialog"
              onClick={() => {
                setSaid("");
                setOpenId(person.id);
              }}
            >
              {t("manage")}
            </Button>,
          ],
        }))}
      />
      {open && (
        <PersonDrawer
          {...{ person: open, viewer }}
          onClose={() => setOpenId(null)}
          onDone={setSaid}
        />
      )}
    </>
  );
}

function Name({ person, isOwn }: { person: Person; isOwn: boolean }) {
  const t = useTranslations("people");
  const roles = useTranslations("roles");
  const { name, email, role } = person;
  return (
    <>
      <span className="flex min-w-0 items-baseline gap-2">
        <UntrustedText text={name} className="min-w-0 font-medium text-base" />
        {isOwn && <span className="shrink-0 text-muted">{t("you")}</span>}
      </span>
      <UntrustedText text={email} className="text-muted" />
      <span className="block text-muted sm:hidden">{roles(role)}</span>
    </>
  );
}

type PeoplePagesProps = { shown: number; total: number; params: PeopleParams };

/** The pagination of the people. */
export function PeoplePages({ shown, total, params }: PeoplePagesProps) {
  const router = useRouter();
  const { offset, size } = params;
  return (
    <OffsetPages
      {...{ offset, size, total }}
      sizes={SIZES}
      count={shown}
      onPage={(to, rows) =>
        router.push(serializePeople("/people", { ...params, offset: to, size: rows }))
      }
    />
  );
}
