import type { KnownChannel } from "@/lib/channels/known-channel";
import type { Shown } from "./field-rules";
import { seenChannel } from "./view/seen-channel";

/** A channel as somebody may see it: what may not be shown is null, whatever is known of it. */
export type DirectoryRow = KnownChannel;

export function directoryRow(channel: KnownChannel, shown: Shown): DirectoryRow {
  const { shown: _, ...seen } = seenChannel(channel, shown);
  return { ...seen, key: channel.key };
}
