"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm, useAction } from "@/components/action/use-action";
import { PasswordField } from "@/components/auth/password-input";
import { Instant } from "@/components/channel/values";
import { SmallTable } from "@/components/data-table/small-table";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { focusFirst } from "@/components/ui/field";
import type { ListedSession } from "@/lib/auth/sessions";
import type { BrowserName } from "@/lib/people/browser-name";
import { endSessions } from "./actions";

type Session = Omit<ListedSession, "userAgent"> & BrowserName & { readonly isThis: boolean };

type SessionsTableProps = {
  sessions: readonly Session[];
  /** The reference for relative times, the same on the server and in the browser. */
  readAt: Date;
  asksPassword: boolean;
};

/** Where this person is signed in. */
export function SessionsTable({ sessions, readAt, asksPassword }: SessionsTableProps) {
  const t = useTranslations("account.sessions");
  const format = useFormatter();
  const [ending, setEnding] = useState<string | null>(null);
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
      <SmallTable
        title={t("title")}
        columns={[
          { name: t("browser"), className: "!whitespace-normal" },
          { name: t("from"), cellClass: "!whitespace-normal break-all font-mono" },
          { name: t("started"), isWide: true },
          { name: t("lastSeen"), className: "max-sm:hidden" },
          { name: <span className="sr-only">{t("actions")}</span>, className: "text-right" },
        ]}
        rows={sessions.map((session) => {
          const { id, browser, system, address, createdAt, lastSeenAt, isThis } = session;
          const name =
            browser && system
              ? t("browserOn", { browser, system })
              : (browser ?? system ?? t("unknown"));
          return {
            key: id,
            cells: [
              name,
              address,
              <Instant key="started" at={createdAt} since={readAt} format={format} />,
              <Instant key="lastSeen" at={lastSeenAt} since={readAt} format={format} />,
              isThis ? (
                <Badge key="this">{t("this")}</Badge>
              ) : (
                <Button
                  key="end"
                  aria-haspopup="dialog"
                  aria-label={t("endWhich", { name, address })}
                  onClick={() => ask(id)}
                >
                  {t("end")}
                </Button>
              ),
            ],
          };
        })}
      />
      {sessions.length > 1 && (
        <Button className="justify-self-start" onClick={() => ask("*")}>
          {t("endOthers")}
        </Button>
      )}
      {ending !== null && (
        <EndDialog
          target={ending}
          asksPassword={asksPassword}
          onClose={() => setEnding(null)}
          onDone={() => {
            setSaid(t(ending === "*" ? "othersEnded" : "ended"));
            setEnding(null);
          }}
        />
      )}
    </div>
  );
}

type EndDialogProps = {
  /** The ID of a session, or `*` for all but this one. */
  target: string;
  asksPassword: boolean;
  onClose: () => void;
  onDone: () => void;
};

/**
 * Asks for the password, so that a person at an unlocked browser cannot sign the owner out
 * elsewhere.
 */
function EndDialog({ target, asksPassword, onClose, onDone }: EndDialogProps) {
  const t = useTranslations("account");
  const action = useAction(endSessions, onDone);
  const words = target === "*" ? "others" : "one";
  return (
    <Dialog title={t(`sessions.ending.${words}.title`)} shape="top" onClose={onClose}>
      <ActionForm
        action={action}
        onSubmit={(text) => action.run({ target, password: text("password") })}
        submit={t("sessions.ending.submit")}
        variant="danger"
        onCancel={onClose}
      >
        <p>{t(`sessions.ending.${words}.sentence`)}</p>
        {asksPassword && <PasswordField ref={focusFirst} label={t("codes.password")} />}
      </ActionForm>
    </Dialog>
  );
}
