import "server-only";
import { headers } from "next/headers";
import { env } from "@/lib/env";
import { isFromDesk, opensPage } from "./provenance";

/** Whether the desk, or the person, makes the request that is being answered. */
export async function isFromHere(): Promise<boolean> {
  const given = await headers();
  return isFromDesk((name) => given.get(name), env().appUrl);
}

/** Whether the request that is being answered may show a page: also one that a link elsewhere leads to. */
export async function mayOpenPage(): Promise<boolean> {
  const given = await headers();
  return opensPage((name) => given.get(name)) || isFromHere();
}
