"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { ActionProblem, useAction } from "@/components/action/use-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, keepComposingEnter, Select } from "@/components/ui/field";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { type HandedLink, invitePerson } from "./actions";
import { LinkToHand } from "./link-to-hand";

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

/** Asks for the person's data and shows the link to hand over. */
function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("people");
  const [invited, setInvited] = useState<{ link: HandedLink; email: string } | null>(null);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <Dialog title={t("invite.title")} shape="top" onClose={onClose}>
      {invited ? (
        <LinkToHand {...invited} onClose={onClose} />
      ) : (
        <InviteForm
          first={first}
          onInvited={(link, email) => setInvited({ link, email })}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}

type InviteFormProps = {
  first: RefObject<HTMLInputElement | null>;
  onInvited: (link: HandedLink, email: string) => void;
  onCancel: () => void;
};

function InviteForm({ first, onInvited, onCancel }: InviteFormProps) {
  const t = useTranslations("people");
  const roles = useTranslations("roles");
  const [role, setRole] = useState<Role>("support");
  const email = useRef("");
  const { run, isPending, problem } = useAction(invitePerson, (link) =>
    onInvited(link, email.current),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    email.current = String(form.get("email")).trim();
    run({ email: email.current, name: String(form.get("name")), role });
  }
  return (
    <form
      onSubmit={submit}
      onKeyDown={keepComposingEnter}
      className="grid grid-cols-[minmax(0,1fr)] gap-4"
    >
      <Field label={t("columns.email")}>
        {(control) => (
          <Input
            {...control}
            ref={first}
            name="email"
            type="email"
            maxLength={254}
            autoComplete="off"
            required
          />
        )}
      </Field>
      <Field label={t("columns.name")}>
        {(control) => (
          // Not only blanks.
          <Input
            {...control}
            name="name"
            maxLength={100}
            pattern=".*\S.*"
            autoComplete="off"
            required
          />
        )}
      </Field>
      <Field label={t("columns.role")} hint={t(`mayDo.${role}`)}>
        {(control) => (
          <Select
            id={control.id}
            aria-describedby={control["aria-describedby"]}
            value={role}
            onChange={(event) => setRole(ROLES.find((each) => each === event.target.value) ?? role)}
          >
            {ROLES.map((each) => (
              <option key={each} value={each}>
                {roles(each)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {!isPending && <ActionProblem problem={problem} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" aria-disabled={isPending}>
          {t("invite.submit")}
        </Button>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
