"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/screen";

/** The chart. Loads its library on first use. */
export const LazyPlot = dynamic(() => import("./plot").then((module) => module.Plot), {
  ssr: false,
  loading: () => <Skeleton className="h-[260px] w-full sm:h-[380px]" />,
});
