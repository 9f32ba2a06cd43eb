"use client";

import type { RoomViews } from "@/components/views/use-saved-views";
import { ViewsMenu } from "@/components/views/views-menu";
import { deleteView, listViews, renameView, saveView } from "./view-actions";
import { type ViewParams, viewParams, viewQuery } from "./view-query";

const VIEWS: RoomViews = {
  room: "lookup",
  list: listViews,
  save: saveView,
  rename: renameView,
  remove: deleteView,
  keptOf: viewQuery,
};

type LookupViewsMenuProps = {
  /** The present address. */
  address: string;
  onApply: (params: ViewParams) => void;
};

/** The saved views of lookups. */
export function LookupViewsMenu({ address, onApply }: LookupViewsMenuProps) {
  return (
    <ViewsMenu
      views={VIEWS}
      query={viewQuery(address)}
      onApply={(query) => onApply(viewParams(query))}
    />
  );
}
