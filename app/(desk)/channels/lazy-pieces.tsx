"use client";

import dynamic from "next/dynamic";
import type { FilterChipsProps } from "@/components/channel/filters/filter-chips";
import { lazyViewsMenu } from "@/components/views/lazy-views-menu";
import type { AskedColumnId } from "./directory-columns";

// What most visits never show is fetched by those that do.

export const FilterChips = dynamic<FilterChipsProps<AskedColumnId>>(
  () => import("@/components/channel/filters/filter-chips").then((module) => module.FilterChips),
  { ssr: false },
);

export const ChannelsViewsMenu = lazyViewsMenu(() =>
  import("./channels-views-menu").then((module) => module.ChannelsViewsMenu),
);

export const loadExportDialog = () =>
  import("./export/export-dialog").then((module) => module.ChannelsExportDialog);

export const ChannelsExportDialog = dynamic(loadExportDialog, { ssr: false });

export const loadAddDialog = () => import("./list/add-dialog").then((module) => module.AddDialog);

export const AddDialog = dynamic(loadAddDialog, { ssr: false });

export const SelectedChannels = dynamic(
  () => import("./list/selected-channels").then((module) => module.SelectedChannels),
  { ssr: false },
);

export const ChannelDrawer = dynamic(
  () => import("./row/channel-drawer").then((module) => module.ChannelDrawer),
  { ssr: false },
);
