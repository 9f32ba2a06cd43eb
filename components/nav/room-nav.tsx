import { getTranslations } from "next-intl/server";
import type { Role } from "@/lib/auth/permissions";
import { RoomLink } from "./room-link";
import { roomsFor } from "./rooms";

/** The rooms: a column on the left, or a bar at the bottom of a narrow screen. */
export async function RoomNav({ role }: { role: Role }) {
  const [t, rooms] = await Promise.all([getTranslations("nav"), getTranslations("rooms")]);
  return (
    <nav
      aria-label={t("rooms")}
      className="fixed inset-x-0 bottom-0 z-20 flex border-line border-t bg-raised pb-[env(safe-area-inset-bottom)] sm:sticky sm:top-12 sm:h-[calc(100dvh-3rem-1px)] sm:w-44 sm:shrink-0 sm:flex-col sm:gap-0.5 sm:border-t-0 sm:border-r sm:bg-transparent sm:p-2"
    >
      {roomsFor(role).map(({ href, name, icon: Icon }) => (
        <RoomLink key={href} href={href}>
          <Icon aria-hidden className="size-4 shrink-0" />
          {rooms(name)}
        </RoomLink>
      ))}
    </nav>
  );
}
