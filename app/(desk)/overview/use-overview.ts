"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answerOrHeld } from "@/components/action/refresh-error";
import { callAction } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import { overview } from "./actions";
import type { OverviewAnswer } from "./overview-answer";
import { overviewKey } from "./overview-key";

/** The overview of an app. A failure is an answer too: it stays until somebody retries. */
export function useOverview(app: string) {
  const client = useQueryClient();
  const queryKey = overviewKey(app);
  return useQuery<Result<OverviewAnswer, Failure>>({
    queryKey,
    queryFn: async () => {
      const result = await callAction(overview, { app });
      return answerOrHeld(result, client.getQueryData<typeof result>(queryKey));
    },
    // Offline, a question should fail and say so, not wait in silence.
    networkMode: "always",
  });
}
