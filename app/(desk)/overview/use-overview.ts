"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { callAction } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import { overview } from "./actions";
import type { OverviewAnswer } from "./overview-answer";
import { overviewKey } from "./overview-key";

/** A refresh that failed where an answer is already in hand. */
export class RefreshError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.happened);
  }
}

/** The overview of an app. A failure is an answer too: it stays until somebody retries. */
export function useOverview(app: string) {
  const client = useQueryClient();
  const queryKey = overviewKey(app);
  return useQuery<Result<OverviewAnswer, Failure>>({
    queryKey,
    queryFn: async () => {
      const result = await callAction(overview, { app });
      // Figures that were read a while ago, and say so, are worth more than none.
      const held = client.getQueryData<Result<OverviewAnswer, Failure>>(queryKey);
      if (!result.ok && held?.ok) throw new RefreshError(result.failure);
      return result;
    },
    // Offline, a question should fail and say so, not wait in silence.
    networkMode: "always",
  });
}
