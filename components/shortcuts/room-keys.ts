import type { Messages } from "next-intl";
import type { Keys } from "./keys";

/** The keys that lead to each room. */
export const ROOM_KEYS: Record<keyof Messages["rooms"], Keys> = {
  overview: "g o",
  lookup: "g l",
  channels: "g c",
  audit: "g a",
  people: "g p",
  status: "g s",
};
