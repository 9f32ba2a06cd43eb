import { getTimeZone } from "next-intl/server";
import { seeOther } from "@/lib/http/guard";
import { storableEncoded } from "@/lib/http/storable";
import { LINK_PARAM, splitQuery } from "@/lib/links/link-address";
import { mayOpen, newLink } from "@/lib/links/links";
import { readAuditParams, writeAuditParams } from "../search-params";

/** The form where addresses may not hold what somebody types: it leads to a link. */
export async function POST(request: Request): Promise<Response> {
  // Before anything is read of whoever it is; the page then leads to the sign-in page.
  if (!(await mayOpen("audit"))) return seeOther("/audit");
  const given = new URLSearchParams(storableEncoded(await request.text()));
  const asked = writeAuditParams(readAuditParams(given, await getTimeZone()));
  const { open, hidden } = splitQuery("audit", asked);
  // What is too long for a link leads to one that nobody knows: without it, all rows would be shown.
  if (hidden !== "") open.set(LINK_PARAM, (await newLink("audit", hidden)) ?? "");
  return seeOther(open.size === 0 ? "/audit" : `/audit?${open}`);
}
