"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answerOrHeld } from "@/components/action/refresh-failed";
import { callAction } from "@/lib/call-action";
import { type DirectoryResult, readDirectory } from "./actions";
import { type Asked, directoryKey } from "./asked";

/** The page that an address asks for; another one's rows stay until it has come. */
export function useDirectory(asked: Asked) {
  const client = useQueryClient();
  const queryKey = directoryKey(asked);
  return useQuery<DirectoryResult, Error, DirectoryResult, typeof queryKey>({
    queryKey,
    queryFn: async () => {
      const { query, trends } = asked;
      const result = await callAction(readDirectory, { query, trends });
      return answerOrHeld(result, client.getQueryData<DirectoryResult>(queryKey));
    },
    placeholderData: (previous, query) =>
      previous?.ok && query?.queryKey[2] === asked.app ? previous : undefined,
    // Offline, a question should fail and say so, not wait in silence.
    networkMode: "always",
  });
}
