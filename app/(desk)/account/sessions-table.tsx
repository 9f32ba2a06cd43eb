"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Instant } from "@/components/channel/instant";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { ListedSession } from "@/lib/auth/sessions";
import type { BrowserName } from "@/lib/people/browser-name";
import { EndDialog } from "./end-dialog";

type Session = Omit<ListedSession, "userAgent"> & BrowserName & { readonly isThis: boolean };

type SessionsTableProps = {
  sessions: readonly Session[];
  /** To say how long ago a session was seen, the same on the server and in the browser. */
  readAt: Date;
  asksPassword: boolean;
};

/** Where this person is signed in. */
export function SessionsTable({ sessions, readAt, asksPassword }: SessionsTableProps) {
  const t = useTranslations("account.sessions");
  const [ending, setEnding] = useState<string | "others" | null>(null);
  const [said, setSaid] = useState("");
  const ask = (what: string) => {
    setSaid("");
    setEnding(what);
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p role="status" className={said === "" ? "sr-only" : ""}>
        {said}
      </p>
      <div className="overflow-x-auto rounded-control border border-line bg-raised">
        <table className="w-full border-collapse text-left text-dense">
          <caption className="sr-only">{t("title")}</caption>
          <thead className="border-line border-b text-muted">
            <tr>
              <th className={HEAD}>{t("browser")}</th>
              <th className={HEAD}>{t("from")}</th>
              <th className={`${HEAD} ${WIDE}`}>{t("started")}</th>
              <th className={`${HEAD} ${WIDE}`}>{t("lastSeen")}</th>
              <th className={HEAD}>
                <span className="sr-only">{t("actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                readAt={readAt}
                onEnd={() => ask(session.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {sessions.length > 1 && (
        <Button className="justify-self-start" onClick={() => ask("others")}>
          {t("endOthers")}
        </Button>
      )}
      {ending !== null && (
        <EndDialog
          sessionId={ending === "others" ? null : ending}
          asksPassword={asksPassword}
          onClose={() => setEnding(null)}
          onDone={() => {
            setSaid(t(ending === "others" ? "othersEnded" : "ended"));
            setEnding(null);
          }}
        />
      )}
    </div>
  );
}

const HEAD = "px-3 py-2 font-medium";
const WIDE = "hidden sm:table-cell";

type SessionRowProps = { session: Session; readAt: Date; onEnd: () => void };

function SessionRow({ session, readAt, onEnd }: SessionRowProps) {
  const t = useTranslations("account.sessions");
  const format = useFormatter();
  const { browser, system, address, createdAt, lastSeenAt, isThis } = session;
  const name =
    browser && system ? t("browserOn", { browser, system }) : (browser ?? system ?? t("unknown"));
  return (
    <tr className="border-line border-b last:border-b-0 hover:bg-hover">
      <th scope="row" className="px-3 py-2 text-left font-normal">
        {name}
      </th>
      <td className="break-all px-3 py-2 font-mono">{address}</td>
      <td className={`px-3 py-2 ${WIDE}`}>
        <Instant at={createdAt} since={readAt} format={format} />
      </td>
      <td className={`px-3 py-2 ${WIDE}`}>
        <Instant at={lastSeenAt} since={readAt} format={format} />
      </td>
      <td className="px-3 py-2 text-right">
        {isThis ? (
          <Badge>{t("this")}</Badge>
        ) : (
          <Button
            aria-haspopup="dialog"
            aria-label={t("endWhich", { name, address })}
            onClick={onEnd}
          >
            {t("end")}
          </Button>
        )}
      </td>
    </tr>
  );
}
