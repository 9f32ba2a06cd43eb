import {
  Activity,
  ChartNoAxesCombined,
  type LucideIcon,
  Radio,
  ScrollText,
  Search,
  Users,
} from "lucide-react";
import type { Messages } from "next-intl";
import { can, type Permission, type Role } from "@/lib/auth/permissions";

type Room = {
  href: string;
  name: keyof Messages["rooms"];
  icon: LucideIcon;
  permission: Permission;
};

const rooms: readonly Room[] = [
  { href: "/overview", name: "overview", icon: ChartNoAxesCombined, permission: "channels" },
  { href: "/lookup", name: "lookup", icon: Search, permission: "lookup" },
  { href: "/channels", name: "channels", icon: Radio, permission: "channels" },
  { href: "/audit", name: "audit", icon: ScrollText, permission: "audit" },
  { href: "/people", name: "people", icon: Users, permission: "people" },
  { href: "/status", name: "status", icon: Activity, permission: "status" },
];

/** The rooms a role may enter, in the order of the navigation. */
export function roomsFor(role: Role): readonly Room[] {
  return rooms.filter((room) => can(role, room.permission));
}
