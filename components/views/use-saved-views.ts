"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { callAction, type Deferred } from "@/lib/call-action";
import type { SavedViewChange } from "@/lib/view-actions";
import type { RoomViews } from "./room-views";

/** The views this person may apply. The team may have changed them since the menu was last open. */
export function useSavedViews({ room, list }: RoomViews) {
  return useQuery({
    queryKey: keyOf(room),
    queryFn: () => callAction(list, null),
    staleTime: 0,
    networkMode: "always",
  });
}

/** A change of the views, and why it failed; `onDone` when there is nothing left to do about it. */
export function useSavedViewChange<Input>(
  { room }: RoomViews,
  action: (input: Input) => Promise<Deferred<SavedViewChange>>,
  onDone: (said: string, isGone: boolean) => void,
) {
  const t = useTranslations("views");
  const queries = useQueryClient();
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: ({ input }: { input: Input; done: string }) => callAction(action, input),
    onSuccess: async (change, { done }) => {
      if (!change.ok) return;
      const made = change.value;
      if (!made.ok && made.failure !== "gone") return;
      await queries.invalidateQueries({ queryKey: keyOf(room) });
      onDone(made.ok ? done : t("refused.gone"), !made.ok);
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
    /** Makes the change once at a time; `done` is said when it is made. */
    change: (input: Input, done: string) => {
      if (!isPending) mutate({ input, done });
    },
    isPending,
    problem: isPending ? null : problem(),
  };
}

function keyOf(room: RoomViews["room"]) {
  return ["views", room] as const;
}
