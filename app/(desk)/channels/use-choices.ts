"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RowFacts } from "@/components/channel/filters/filter-column";
import { callAction } from "@/lib/call-action";
import { MOST_CHOICES } from "@/lib/channels/directory-query";
import type { DirectoryFilterId } from "@/lib/channels/known-channel";
import { type ChoicesInput, type ChoicesResult, readChoices } from "./actions";
import { type Asked, CHANNELS_KEY } from "./asked";

type ChoiceColumn = ChoicesInput["column"];

const CHOICE_COLUMNS: readonly ChoiceColumn[] = ["ownerId", "organization", "refreshState", "tags"];

function isChoice(column: DirectoryFilterId): column is ChoiceColumn {
  return CHOICE_COLUMNS.some((id) => id === column);
}

type Choices = Pick<RowFacts<DirectoryFilterId>, "valuesOf" | "isCut"> & {
  readonly onAsk: (column: DirectoryFilterId) => void;
};

/** What can be chosen of a column, read when somebody opens its questions. */
export function useChoices({ query }: Asked): Choices {
  const [column, setColumn] = useState<ChoiceColumn>("ownerId");
  const [wanted, setWanted] = useState(false);
  const { data, isFetching, refetch } = useQuery<ChoicesResult>({
    queryKey: [...CHANNELS_KEY, "choices", column, query],
    queryFn: () => callAction(readChoices, { query, column }),
    enabled: wanted,
    networkMode: "always",
  });
  return {
    valuesOf: (of) => {
      if (of !== column || isFetching) return null;
      return data?.ok ? data.value : "unreadable";
    },
    // As many as are given: then there may be others.
    isCut: (of) => of === column && data?.ok === true && data.value.length >= MOST_CHOICES,
    onAsk: (of) => {
      if (!isChoice(of)) return;
      setColumn(of);
      setWanted(true);
      // What failed is tried again; what is known is not read twice.
      if (wanted && of === column && !data?.ok) void refetch();
    },
  };
}
