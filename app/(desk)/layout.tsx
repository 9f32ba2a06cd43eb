import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AlertsButton } from "@/components/alerts/alerts-button";
import { ClientMessages } from "@/components/client-messages";
import { CsvSeparatorProvider } from "@/components/listing/export/csv-separator";
import { AppCommands } from "@/components/shell/app-commands";
import { isApple } from "@/components/shell/keys";
import { LazyLinkedAddress } from "@/components/shell/lazy-linked-address";
import { Navigation, pagesFor } from "@/components/shell/navigation";
import { TopBar } from "@/components/shell/top-bar";
import { countUnread } from "@/lib/alerts/view-alerts";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/require";
import { chatAppLabels } from "@/lib/chat";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { LINK_PARAM, LINKED_PATH } from "@/lib/links/link-address";
import { openedLink } from "@/lib/links/links";
import { getPreferences } from "@/lib/preferences/preferences";
import { listPersonalAlerts, markAlertsRead } from "./alert-actions";
import { openLink, storeLink } from "./link-actions";
import { suggestChannels } from "./membership-actions";
import { rememberCsvSeparator, rememberSingleKeys } from "./preference-actions";

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const db = await database();
  const [t, names, requested, { singleKeys, csvSeparator }, unread] = await Promise.all([
    getTranslations("nav"),
    getTranslations("pages"),
    headers(),
    getPreferences(db, user.id),
    can(user.role, "channels") ? countUnread(db, user.id) : null,
  ]);
  const apps = chatAppLabels();
  const apple = isApple(requested.get("user-agent"));
  return (
    <StrictAddresses>
      {/* The first tab stop: skips the bar and the menu. */}
      <a
        href="#content"
        className="print:hidden fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-accent px-3 py-1.5 font-medium text-on-accent focus:translate-y-0"
      >
        {t("skip")}
      </a>
      {/* Before the page, so that the page's own command wins over one with the same keys. */}
      <ClientMessages namespaces={["shortcuts", "preferences"]}>
        <AppCommands
          apple={apple}
          singleKeys={singleKeys}
          onSingleKeys={rememberSingleKeys}
          defaultApp={apps[0]?.slug ?? ""}
          findChannels={can(user.role, "channels") ? suggestChannels : null}
          pages={pagesFor(user.role).map(({ href, name, keys }) => ({
            href,
            name: names(name),
            keys,
          }))}
        />
      </ClientMessages>
      <TopBar
        user={user}
        apps={apps}
        apple={apple}
        alerts={
          unread !== null && (
            <ClientMessages namespaces={["alerts"]}>
              <AlertsButton unread={unread} list={listPersonalAlerts} markRead={markAlertsRead} />
            </ClientMessages>
          )
        }
      />
      <div className="mx-auto flex max-w-shell">
        <Navigation role={user.role} />
        <main
          id="content"
          tabIndex={-1}
          className="min-w-0 flex-1 px-4 pt-4 pb-20 outline-none sm:px-6 sm:pb-6"
        >
          <CsvSeparatorProvider initial={csvSeparator} onChoose={rememberCsvSeparator}>
            {children}
          </CsvSeparatorProvider>
        </main>
      </div>
    </StrictAddresses>
  );
}

/** Where addresses may not hold ids, keeps them out of those of all that is inside. */
async function StrictAddresses({ children }: { children: ReactNode }) {
  if (!env().strictAddresses) return children;
  const [path, search] = ((await headers()).get("x-path") ?? "/").split("?", 2);
  const id = path === LINKED_PATH ? new URLSearchParams(search).get(LINK_PARAM) : null;
  const opened = id === null ? null : { id, query: await openedLink("lookup", id) };
  return (
    <LazyLinkedAddress store={storeLink} open={openLink} opened={opened}>
      {children}
    </LazyLinkedAddress>
  );
}
