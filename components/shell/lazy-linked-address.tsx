"use client";

import dynamic from "next/dynamic";

/** See LinkedAddress. Loaded only if URLs must not contain subscriber IDs. */
export const LazyLinkedAddress = dynamic(() =>
  import("./linked-address").then((module) => module.LinkedAddress),
);
