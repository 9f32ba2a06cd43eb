"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { callAction } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import { type DirectoryResult, readDirectory } from "./actions";
import { type Asked, directoryKey } from "./asked";

/** A refresh that failed where an answer is already in hand. */
export class RefreshError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.happened);
  }
}

/** The page that an address asks for; another one's rows stay until it has come. */
export function useDirectory(asked: Asked) {
  const client = useQueryClient();
  const queryKey = directoryKey(asked);
  return useQuery<DirectoryResult, Error, DirectoryResult, typeof queryKey>({
    queryKey,
    queryFn: async () => {
      const { query, trends } = asked;
      const result = await callAction(readDirectory, { query, trends });
      // Rows that were read a while ago, and say so, are worth more than none.
      if (!result.ok && client.getQueryData<DirectoryResult>(queryKey)?.ok) {
        throw new RefreshError(result.failure);
      }
      return result;
    },
    placeholderData: (previous, query) =>
      previous?.ok && query?.queryKey[2] === asked.app ? previous : undefined,
    // Offline, a question should fail and say so, not wait in silence.
    networkMode: "always",
  });
}
