"use client";

import { UserPlus } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { ActionForm, useAction } from "@/components/action/use-action";
import { Button } from "@/components/ui/button";
import { useCopied } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import { Field, focusFirst, Input, Select } from "@/components/ui/field";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { visibleText } from "@/lib/visible-text";
import { endAllSessions, invitePerson, type NewLink } from "./actions";

export function InviteButton() {
  const t = useTranslations("people.invite");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden className="size-4" />
        {t("button")}
      </Button>
      {isOpen && <InviteDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** Asks for the person's data and shows the link to send. */
function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("people");
  const [role, setRole] = useState<Role>("support");
  const [email, setEmail] = useState("");
  const [link, setLink] = useState<NewLink | null>(null);
  const action = useAction(invitePerson, setLink);
  return (
    <Dialog title={t("invite.title")} shape="top" onClose={onClose}>
      {link ? (
        <NewLinkPanel {...{ link, email, onClose }} />
      ) : (
        <ActionForm
          action={action}
          onSubmit={(text) => {
            setEmail(text("email").trim());
            action.run({ email: text("email").trim(), name: text("name"), role });
          }}
          submit={t("invite.submit")}
          variant="primary"
          onCancel={onClose}
        >
          <Field label={t("columns.email")}>
            {(control) => (
              <Input
                {...{ ...control, ref: focusFirst, name: "email", type: "email", maxLength: 254 }}
                autoComplete="off"
                required
              />
            )}
          </Field>
          <Field label={t("columns.name")}>
            {(control) => (
              <Input
                {...{ ...control, name: "name", maxLength: 100 }}
                // Not only blanks.
                pattern=".*\S.*"
                autoComplete="off"
                required
              />
            )}
          </Field>
          <Field label={t("columns.role")} hint={t(`mayDo.${role}`)}>
            {({ "aria-invalid": _, ...control }) => (
              <RoleSelect {...control} value={role} onRole={setRole} />
            )}
          </Field>
        </ActionForm>
      )}
    </Dialog>
  );
}

type RoleSelectProps = Omit<ComponentProps<typeof Select>, "onChange"> & {
  value: Role;
  onRole: (role: Role) => void;
};

/** Selects a role. */
export function RoleSelect({ value, onRole, ...props }: RoleSelectProps) {
  const roles = useTranslations("roles");
  return (
    <Select
      {...props}
      value={value}
      onChange={(event) => onRole(ROLES.find((each) => each === event.target.value) ?? value)}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {roles(role)}
        </option>
      ))}
    </Select>
  );
}

type NewLinkProps = { link: NewLink; email: string; onClose: () => void };

/** Shows a new link once, with its expiry and how to send it. */
export function NewLinkPanel({ link: { url, expiresAt }, email, onClose }: NewLinkProps) {
  const t = useTranslations("people.link");
  const format = useFormatter();
  const { outcome, said, copy } = useCopied();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p className="break-words">{t("handOver", { email: visibleText(email) })}</p>
      <div className="flex gap-2">
        <Input
          ref={focusFirst}
          readOnly
          aria-label={t("label")}
          value={url}
          className="font-mono text-dense"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button variant="primary" onClick={() => copy(url)}>
          {t("copy")}
        </Button>
      </div>
      <p aria-live="polite" className={outcome === "copyFailed" ? "text-bad" : "text-good"}>
        {said}
      </p>
      <p className="text-muted">{t("once", { at: format.dateTime(expiresAt, "exact") })}</p>
      <Button className="justify-self-start" onClick={onClose}>
        {t("done")}
      </Button>
    </div>
  );
}

/** Signs everybody out, for example when a cookie may have been stolen. */
export function EndAllButton() {
  const t = useTranslations("people.endAll");
  const [isOpen, setOpen] = useState(false);
  const [ended, setEnded] = useState<number | null>(null);
  return (
    <>
      <p role="status" className={ended === null ? "sr-only" : "text-muted"}>
        {ended !== null && t("done", { count: ended })}
      </p>
      <Button
        aria-haspopup="dialog"
        onClick={() => {
          setEnded(null);
          setOpen(true);
        }}
      >
        {t("button")}
      </Button>
      {isOpen && <EndAllDialog onClose={() => setOpen(false)} onDone={setEnded} />}
    </>
  );
}

type EndAllDialogProps = { onClose: () => void; onDone: (count: number) => void };

function EndAllDialog({ onClose, onDone }: EndAllDialogProps) {
  const t = useTranslations("people.endAll");
  const action = useAction(endAllSessions, (count) => {
    onDone(count);
    onClose();
  });
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <ActionForm
        action={action}
        onSubmit={() => action.run(null)}
        submit={t("button")}
        variant="danger"
        onCancel={onClose}
        isCautious
      >
        <p>{t("sentence")}</p>
      </ActionForm>
    </Dialog>
  );
}
