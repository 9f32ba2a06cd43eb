import type { TableLayout } from "@/components/data-table/layout";
import type { Role } from "@/lib/auth/permissions";
import type { ChatAppLabel } from "@/lib/chat";
import type { Field } from "@/lib/chat-api/types";

/** What the server knows when it draws the room, and the browser needs. */
export type RoomFacts = {
  readonly apps: readonly ChatAppLabel[];
  /** The app that an address without one means. */
  readonly defaultApp: string;
  /** The fields the person's role may see. */
  readonly visible: readonly Field[];
  readonly userId: string;
  readonly role: Role;
  /** How the person has arranged the table. */
  readonly layout: TableLayout;
};
