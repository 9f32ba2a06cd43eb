import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "@/components/client-messages";
import { Alert } from "@/components/ui/alert";
import { getCredentials } from "@/lib/auth/accounts";
import { refusedAccount } from "@/lib/auth/oidc/admission";
import { parseSsoProblem } from "@/lib/auth/oidc/sso";
import { countRecoveryCodes } from "@/lib/auth/one-time-codes";
import { requirePermission } from "@/lib/auth/require";
import { listSessions } from "@/lib/auth/sessions";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { browserName } from "@/lib/people/browser-name";
import { visibleText } from "@/lib/visible-text";
import { SessionsTable } from "./sessions-table";
import { CodesSection, LinkForm, PasswordForm } from "./sign-in-forms";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

type AccountPageProps = { searchParams: Promise<{ sso?: string | string[] }> };

/** A person's own account: name, ways to sign in, and sessions. */
export default async function AccountPage({ searchParams }: AccountPageProps) {
  const user = await requirePermission("account");
  const { oidc, sessionIdleMinutes } = env();
  const [desk, now] = [await database(), new Date()];
  const [t, roles, credentials, codesLeft, sessions] = await Promise.all([
    getTranslations("account"),
    getTranslations("roles"),
    getCredentials(desk, user.email),
    countRecoveryCodes(desk, user.id),
    listSessions(desk, user.id, sessionIdleMinutes, now),
  ]);
  const ssoProblem = parseSsoProblem((await searchParams).sso);
  const isOfProvider = user.kind === "oidc";
  const rows = sessions.map(({ userAgent, ...session }) => ({
    ...session,
    ...browserName(userAgent),
    isThis: session.id === user.sessionId,
  }));
  return (
    <ClientMessages namespaces={["account", "failed", "signIn", "sso"]}>
      <div className="grid max-w-180 grid-cols-[minmax(0,1fr)] gap-8">
        <h1 className="font-semibold text-title">{t("title")}</h1>
        {user.mustSwitchCodesOn && (
          <Alert tone="warn">
            <p className="font-medium">{t("mustSwitchOn.happened")}</p>
            <p>{t("mustSwitchOn.remedy")}</p>
          </Alert>
        )}
        <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 gap-y-2">
          <dt className="text-muted">{t("name")}</dt>
          <dd>
            <bdi>{visibleText(user.name)}</bdi>
          </dd>
          <dt className="text-muted">{t("email")}</dt>
          <dd className="break-all">{user.email}</dd>
          <dt className="text-muted">{t("role")}</dt>
          <dd>{roles(user.role)}</dd>
        </dl>
        {isOfProvider ? (
          <Section title={t("provider.title")}>
            <p>{t("provider.sentence", { name: oidc?.name ?? "" })}</p>
          </Section>
        ) : (
          <>
            <Section title={t("codes.title")}>
              <CodesSection isOn={credentials?.hasCodes ?? false} codesLeft={codesLeft} />
            </Section>
            <Section title={t("password.title")}>
              <PasswordForm email={user.email} />
            </Section>
            {oidc && (
              <Section title={t("link.title", { name: oidc.name })}>
                <LinkForm
                  name={oidc.name}
                  email={user.email}
                  problem={ssoProblem}
                  account={ssoProblem && (await refusedAccount())}
                />
              </Section>
            )}
          </>
        )}
        <Section title={t("sessions.title")}>
          <SessionsTable sessions={rows} readAt={now} asksPassword={!isOfProvider} />
        </Section>
      </div>
    </ClientMessages>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3 border-line border-t pt-4">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  );
}
