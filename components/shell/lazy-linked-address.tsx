"use client";

import dynamic from "next/dynamic";

/** See LinkedAddress. Where addresses may hold ids, no browser fetches it. */
export const LazyLinkedAddress = dynamic(() =>
  import("./linked-address").then((module) => module.LinkedAddress),
);
