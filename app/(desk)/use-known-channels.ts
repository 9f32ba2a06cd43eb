"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { callAction } from "@/lib/call-action";
import type { ChannelName } from "@/lib/subscriptions/near-names";
import { suggestChannels } from "./membership-actions";

const NONE: readonly ChannelName[] = [];

/** Known channels of an app near a text that somebody types, and the text that they are near to. */
export function useKnownChannels(
  app: string,
  text: string,
): { readonly wanted: string; readonly channels: readonly ChannelName[] } {
  const wanted = useDeferredValue(text);
  const { data } = useQuery({
    queryKey: ["suggested channels", app, wanted],
    enabled: wanted !== "",
    queryFn: () => callAction(suggestChannels, { app, text: wanted }),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  return { wanted, channels: wanted !== "" && data?.ok ? data.value.channels : NONE };
}
