import type { Deferred } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import type { SavedView, ViewRoom } from "@/lib/saved-views";
import type { NewViewInput, RenamedViewInput, SavedViewChange } from "@/lib/view-actions";

/** The saved views of one room: its actions, and what they mean there. */
export type RoomViews = {
  readonly room: ViewRoom;
  readonly list: (input: null) => Promise<Deferred<Result<SavedView[], Failure>>>;
  readonly save: (input: NewViewInput) => Promise<Deferred<SavedViewChange>>;
  readonly rename: (input: RenamedViewInput) => Promise<Deferred<SavedViewChange>>;
  readonly remove: (id: string) => Promise<Deferred<SavedViewChange>>;
  /** The part of an address that a view keeps, written in the one way, so that equal ones are equal. */
  readonly keptOf: (query: string) => string;
};
