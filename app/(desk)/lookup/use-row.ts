"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { callAction } from "@/lib/call-action";
import type { Field } from "@/lib/chat-api/types";
import { type RowInput, type RowResult, readRow } from "./row-actions";
import { RefreshError } from "./use-lookup";

/** One row, read anew whenever it is opened. A failure is an answer too. */
export function useRow(input: RowInput, readable: readonly Field[]) {
  const client = useQueryClient();
  const { app, subscriberId, channelId } = input;
  const queryKey = ["row", app, subscriberId, channelId, readable.join()];
  return useQuery<RowResult>({
    queryKey,
    queryFn: async () => {
      const result = await callAction(readRow, input);
      if (!result.ok && client.getQueryData<RowResult>(queryKey)?.ok) {
        throw new RefreshError(result.failure);
      }
      return result;
    },
    staleTime: 0,
    gcTime: 0,
    networkMode: "always",
  });
}
