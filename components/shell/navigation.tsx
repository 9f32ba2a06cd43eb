import {
  Activity,
  ChartNoAxesCombined,
  ListChecks,
  type LucideIcon,
  Radio,
  ScrollText,
  Search,
  Users,
} from "lucide-react";
import type { Messages } from "next-intl";
import { getTranslations } from "next-intl/server";
import { can, type Permission, type Role } from "@/lib/auth/permissions";
import type { Keys } from "./keys";
import { PageLink } from "./page-link";

type Page = {
  href: string;
  name: keyof Messages["pages"];
  icon: LucideIcon;
  permission: Permission;
  /** Opens the page. */
  keys: Keys;
};

const pages: readonly Page[] = [
  {
    href: "/overview",
    name: "overview",
    icon: ChartNoAxesCombined,
    permission: "channels",
    keys: "g o",
  },
  { href: "/lookup", name: "lookup", icon: Search, permission: "lookup", keys: "g l" },
  { href: "/bulk", name: "bulk", icon: ListChecks, permission: "bulk", keys: "g b" },
  { href: "/channels", name: "channels", icon: Radio, permission: "channels", keys: "g c" },
  { href: "/audit", name: "audit", icon: ScrollText, permission: "audit", keys: "g a" },
  { href: "/people", name: "people", icon: Users, permission: "people", keys: "g p" },
  { href: "/status", name: "status", icon: Activity, permission: "status", keys: "g s" },
];

/** Returns the pages that a role can open, in navigation order. */
export function pagesFor(role: Role): readonly Page[] {
  return pages.filter(({ permission }) => can(role, permission));
}

/** The main menu: a column on the left, or a bar at the bottom of a narrow screen. */
export async function Navigation({ role }: { role: Role }) {
  const [t, names] = await Promise.all([getTranslations("nav"), getTranslations("pages")]);
  return (
    <nav
      aria-label={t("menu")}
      className="print:hidden fixed inset-x-0 bottom-0 z-20 flex border-line border-t bg-raised pb-[env(safe-area-inset-bottom)] sm:sticky sm:top-12 sm:h-[calc(100dvh-3rem-1px)] sm:w-14 md:w-44 sm:shrink-0 sm:flex-col sm:gap-0.5 sm:border-t-0 sm:border-r sm:bg-transparent sm:p-2"
    >
      {pagesFor(role).map(({ href, name, icon: Icon }) => (
        <PageLink key={href} href={href}>
          <Icon aria-hidden className="size-4 shrink-0" />
          {/* A medium screen has no room for the names beside a table. */}
          <span title={names(name)} className="sm:max-md:sr-only">
            {names(name)}
          </span>
        </PageLink>
      ))}
    </nav>
  );
}
