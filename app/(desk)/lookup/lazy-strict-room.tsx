"use client";

import dynamic from "next/dynamic";
import { useLinks } from "@/components/shell/link-context";

const StrictRoom = dynamic(() => import("./strict-room").then((module) => module.StrictRoom));

/** See StrictRoom. */
export function LazyStrictRoom() {
  const links = useLinks();
  return links && <StrictRoom links={links} />;
}
