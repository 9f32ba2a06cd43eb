import type { TableLayout } from "@/components/data-table/layout";
import type { Role } from "@/lib/auth/permissions";
import type { ChatAppLabel } from "@/lib/chat";
import type { Field } from "@/lib/chat-api/types";
import type { Revealed } from "./reveal/revealed";

/** What the server knows when it draws the room, and the browser needs. */
export type RoomFacts = {
  readonly apps: readonly ChatAppLabel[];
  /** The app that an address without one means. */
  readonly defaultApp: string;
  /** The fields that the person's role sees. */
  readonly visible: readonly Field[];
  /** The fields that it sees after giving a reason, of one subscriber and for a while. */
  readonly masked: readonly Field[];
  /** What the session had revealed of the address's subscriber when the server drew. */
  readonly revealed: readonly Revealed[];
  readonly userId: string;
  readonly role: Role;
  /** How the person has arranged the table. */
  readonly layout: TableLayout;
};
