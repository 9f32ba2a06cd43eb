import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { RoomNav } from "@/components/nav/room-nav";
import { SkipLink } from "@/components/nav/skip-link";
import { TopBar } from "@/components/nav/top-bar";
import { requireUser } from "@/lib/auth/require";
import { chatAppLabels } from "@/lib/chat";

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const t = await getTranslations("nav");
  return (
    <>
      <SkipLink label={t("skip")} />
      <TopBar user={user} apps={chatAppLabels()} />
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
    </>
  );
}
