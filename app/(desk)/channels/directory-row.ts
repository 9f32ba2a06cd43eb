import type { KnownChannel } from "@/lib/channels/known-channel";
import { type RefreshState, refreshState } from "@/lib/channels/refresh-state";
import { seenChannel } from "@/lib/channels/seen-channel";
import type { Shown } from "./field-rules";

/** A channel as somebody may see it: what may not be shown is null, whatever is known of it. */
export type DirectoryRow = KnownChannel & { readonly refreshState: RefreshState };

export function directoryRow(channel: KnownChannel, shown: Shown, now: Date): DirectoryRow {
  const { shown: _, ...seen } = seenChannel(channel, shown);
  return { ...seen, key: channel.key, refreshState: refreshState(channel, now) };
}
