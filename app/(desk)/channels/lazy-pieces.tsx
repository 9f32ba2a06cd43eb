"use client";

import dynamic from "next/dynamic";

// Most visits never show these, so they load on demand.

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
