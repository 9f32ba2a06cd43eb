"use client";

import { useQuery } from "@tanstack/react-query";
import { callAction } from "@/lib/call-action";
import type { LookupInput } from "../actions";
import { type InspectResult, inspect } from "./inspect-actions";

/** A lookup's call, made whenever the inspector is opened, and kept no longer. */
export function useInspection(input: LookupInput) {
  const { app, subscriberId, fields, offset, size } = input;
  return useQuery<InspectResult>({
    queryKey: ["inspect", app, subscriberId, fields.join(), offset, size],
    queryFn: () => callAction(inspect, input),
    staleTime: 0,
    gcTime: 0,
    networkMode: "always",
  });
}
