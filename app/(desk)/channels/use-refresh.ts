"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { callAction } from "@/lib/call-action";
import { CHANNELS_KEY } from "./asked";
import { refreshChannel } from "./refresh-actions";

/** Reads the channel from the vendor, and then all that is on the screen from the desk's database. */
export function useRefresh(app: string, channelId: string) {
  const queries = useQueryClient();
  const { mutate, isPending, data, error, variables } = useMutation({
    mutationFn: (of: string) => callAction(refreshChannel, { app, channelId: of }),
    onSuccess: () => queries.invalidateQueries({ queryKey: CHANNELS_KEY }),
    networkMode: "always",
  });
  // Of a row that was left nothing is said at another one.
  const isOfThis = variables === channelId && !isPending;
  return {
    run: () => {
      if (!isPending) mutate(channelId);
    },
    isPending,
    done: isOfThis && data?.ok === true,
    /** Values that the last refresh could not read. */
    unreadable: isOfThis && data?.ok ? data.value.unreadable : 0,
    failed: isOfThis && (error !== null || data?.ok === false),
    failure: data?.ok === false ? data.failure : null,
  };
}
