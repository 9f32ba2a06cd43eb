"use client";

import type { RoomViews } from "@/components/views/use-saved-views";
import { ViewsMenu, type ViewsMenuProps } from "@/components/views/views-menu";
import { viewQuery } from "./search-params";
import { deleteView, listViews, renameView, saveView } from "./view-actions";

const VIEWS: RoomViews = {
  room: "channels",
  list: listViews,
  save: saveView,
  rename: renameView,
  remove: deleteView,
  keptOf: viewQuery,
};

/** The saved views of the directory. */
export function ChannelsViewsMenu(props: Omit<ViewsMenuProps, "views">) {
  return <ViewsMenu {...props} views={VIEWS} />;
}
