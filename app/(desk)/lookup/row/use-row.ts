"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answerOrHeld } from "@/components/action/refresh-failed";
import { callAction } from "@/lib/call-action";
import type { Field } from "@/lib/chat-api/types";
import { type RowInput, type RowResult, readRow } from "./row-actions";

/** One row, read anew whenever it is opened. A failure is an answer too. */
export function useRow(input: RowInput, readable: readonly Field[]) {
  const client = useQueryClient();
  const { app, subscriberId, channelId } = input;
  const queryKey = ["row", app, subscriberId, channelId, readable.join()];
  return useQuery<RowResult>({
    queryKey,
    queryFn: async () => {
      const result = await callAction(readRow, input);
      return answerOrHeld(result, client.getQueryData<RowResult>(queryKey));
    },
    staleTime: 0,
    gcTime: 0,
    networkMode: "always",
  });
}
