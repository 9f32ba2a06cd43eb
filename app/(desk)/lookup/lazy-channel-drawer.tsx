"use client";

import dynamic from "next/dynamic";

/** The drawer of one row, fetched when somebody opens one. */
export const ChannelDrawer = dynamic(
  () => import("./channel-drawer").then((module) => module.ChannelDrawer),
  { ssr: false },
);
