"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { callAction, type Deferred } from "@/lib/call-action";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import type { SavedView, ViewPage } from "@/lib/views/saved-views";
import type { NewViewInput, RenamedViewInput, SavedViewChange } from "@/lib/views/view-actions";

/** The saved views of one page: its server actions, and the query that it saves. */
export type PageViews = {
  readonly page: ViewPage;
  readonly list: (input: null) => Promise<Deferred<Result<SavedView[], Failure>>>;
  readonly save: (input: NewViewInput) => Promise<Deferred<SavedViewChange>>;
  readonly rename: (input: RenamedViewInput) => Promise<Deferred<SavedViewChange>>;
  readonly remove: (id: string) => Promise<Deferred<SavedViewChange>>;
  /** Returns the part of a query that a view saves, in one canonical form for comparison. */
  readonly canonical: (query: string) => string;
};

/** Reads the views this person may apply, again at each opening: the team may have changed them. */
export function useSavedViews({ page, list }: PageViews) {
  return useQuery({
    queryKey: keyOf(page),
    queryFn: () => callAction(list, null),
    staleTime: 0,
    networkMode: "always",
  });
}

/** Changes the views. Calls `onDone` on success and if the view no longer exists. */
export function useSavedViewChange<Input>(
  { page }: PageViews,
  action: (input: Input) => Promise<Deferred<SavedViewChange>>,
  onDone: (message: string, isGone: boolean) => void,
) {
  const t = useTranslations("views");
  const queries = useQueryClient();
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: ({ input }: { input: Input; done: string }) => callAction(action, input),
    onSuccess: async (change, { done }) => {
      if (!change.ok) return;
      const outcome = change.value;
      if (!outcome.ok && outcome.failure !== "gone") return;
      await queries.invalidateQueries({ queryKey: keyOf(page) });
      onDone(outcome.ok ? done : t("refused.gone"), !outcome.ok);
    },
    networkMode: "always",
  });
  const problem = () => {
    if (error) return t("unreachable");
    if (!data) return null;
    if (!data.ok) return `${data.failure.happened} ${data.failure.remedy}`;
    return data.value.ok ? null : t(`refused.${data.value.failure}`);
  };
  return {
    /** Sends the change unless one is pending. `done` is the message after success. */
    change: (input: Input, done: string) => {
      if (!isPending) mutate({ input, done });
    },
    isPending,
    problem: isPending ? null : problem(),
  };
}

function keyOf(page: PageViews["page"]) {
  return ["views", page] as const;
}
