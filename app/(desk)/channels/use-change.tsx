"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { callAction, type Deferred } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import type { Refused } from "./change-actions";
import { CHANNELS_KEY } from "./directory";

/** Changes channels, one request at a time, and then reads the page again. Returns a problem as text. */
export function useChange<Input, Value>(
  action: (input: Input) => Promise<Deferred<Result<Result<Value, Refused>, Failure>>>,
  onDone?: (value: Value, input: Input) => void,
) {
  const t = useTranslations("channels.refused");
  const unreachable = useTranslations("failed.unreachable");
  const queries = useQueryClient();
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: (input: Input) => callAction(action, input),
    onSuccess: async (change, input) => {
      await queries.invalidateQueries({ queryKey: CHANNELS_KEY });
      if (change.ok && change.value.ok) onDone?.(change.value.value, input);
    },
  });
  const problem = () => {
    if (error) return `${unreachable("happened")} ${unreachable("remedyOfChange")}`;
    if (!data) return null;
    if (!data.ok) return `${data.failure.happened} ${data.failure.remedy}`;
    return data.value.ok ? null : t(data.value.failure);
  };
  return {
    change: (input: Input) => {
      if (!isPending) mutate(input);
    },
    isPending,
    problem: isPending ? null : problem(),
  };
}

/** The reason that a change was not made. */
export function ProblemText({ problem }: { problem: string | null }) {
  if (problem === null) return null;
  return (
    <p role="alert" className="text-bad text-dense">
      {problem}
    </p>
  );
}
