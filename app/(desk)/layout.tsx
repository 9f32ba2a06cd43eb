import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "@/components/client-messages";
import { RoomNav } from "@/components/nav/room-nav";
import { roomsFor } from "@/components/nav/rooms";
import { SkipLink } from "@/components/nav/skip-link";
import { TopBar } from "@/components/nav/top-bar";
import { isApple } from "@/components/shortcuts/apple";
import { DeskCommands } from "@/components/shortcuts/desk-commands";
import { ROOM_KEYS } from "@/components/shortcuts/room-keys";
import { Shortcuts } from "@/components/shortcuts/shortcuts";
import { requireUser } from "@/lib/auth/require";
import { chatAppLabels } from "@/lib/chat";
import { store } from "@/lib/db/store";
import { getPreferences } from "@/lib/preferences";
import { rememberSingleKeys } from "./preference-actions";
import { StrictAddresses } from "./strict-addresses";

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const [t, rooms, requested, { singleKeys }] = await Promise.all([
    getTranslations("nav"),
    getTranslations("rooms"),
    headers(),
    getPreferences(await store(), user.id),
  ]);
  const apple = isApple(requested.get("user-agent"));
  return (
    <StrictAddresses>
      <SkipLink label={t("skip")} />
      {/* Before the rooms, so that a room's own command wins over one of the desk with the same keys. */}
      <ClientMessages namespaces={["shortcuts", "preferences"]}>
        <Shortcuts apple={apple} singleKeys={singleKeys} onSingleKeys={rememberSingleKeys} />
        <DeskCommands
          rooms={roomsFor(user.role).map(({ href, name }) => ({
            href,
            name: rooms(name),
            keys: ROOM_KEYS[name],
          }))}
        />
      </ClientMessages>
      <TopBar user={user} apps={chatAppLabels()} apple={apple} />
      <div className="mx-auto flex max-w-shell">
        <RoomNav role={user.role} />
        <main
          id="content"
          tabIndex={-1}
          className="min-w-0 flex-1 px-4 pt-4 pb-20 outline-none sm:px-6 sm:pb-6"
        >
          {children}
        </main>
      </div>
    </StrictAddresses>
  );
}
