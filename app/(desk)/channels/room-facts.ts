import type { TableLayout } from "@/components/data-table/layout";
import type { Role } from "@/lib/auth/permissions";
import type { Shown } from "./field-rules";

/** What the server knows when it draws the room, and the browser needs. */
export type RoomFacts = {
  /** The app that an address without one means. */
  readonly defaultApp: string;
  /** The fields that the person's role sees. */
  readonly shown: Shown;
  readonly role: Role;
  /** How the person has arranged the table. */
  readonly layout: TableLayout;
  /** Ids that are taken at once. */
  readonly mostAdded: number;
  /** How often watched channels are read that have no tag with a period. In minutes. */
  readonly refreshMinutes: number;
};
