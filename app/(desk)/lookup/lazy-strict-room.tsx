"use client";

import dynamic from "next/dynamic";
import { useLinks } from "@/components/shell/link-context";

const StrictLookup = dynamic(() => import("./strict-room").then((module) => module.StrictLookup));

/** See StrictLookup. */
export function LazyStrictLookup() {
  const links = useLinks();
  return links && <StrictLookup links={links} />;
}
