import type { TableLayout } from "@/components/data-table/layout";
import type { Role } from "@/lib/auth/permissions";
import type { ChatAppLabel } from "@/lib/chat";
import type { Field } from "@/lib/chat-api/types";
import type { Revealed } from "./reveal/revealed";

/** What the page needs from the server besides the rows. */
export type LookupContext = {
  readonly apps: readonly ChatAppLabel[];
  /** The app of an address without one. */
  readonly defaultApp: string;
  /** The fields that the role may see. */
  readonly visible: readonly Field[];
  /** The fields that the role sees for some time after giving a reason, for one subscriber. */
  readonly masked: readonly Field[];
  /** The fields of the address's subscriber that the session had revealed when the page was rendered. */
  readonly revealed: readonly Revealed[];
  readonly userId: string;
  readonly role: Role;
  /** The person's saved layout of the table. */
  readonly layout: TableLayout;
};
