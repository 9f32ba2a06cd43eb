import type { Channel } from "@/lib/chat-api/types";

/** A channel as an answer of the vendor had it: a field that was not asked for is absent. */
export type Sighting = {
  readonly channel: Channel;
  readonly seenAt: Date;
};

/** The vendor said that there is no such channel any more (130004). */
export type Absence = {
  readonly channelId: string;
  readonly goneAt: Date;
};
