"use client";

import dynamic from "next/dynamic";

/** The inspector, fetched when somebody opens it. */
export const InspectorDialog = dynamic(
  () => import("./inspector-dialog").then((module) => module.InspectorDialog),
  { ssr: false },
);
