import { getTimeZone } from "next-intl/server";
import { seeOther } from "@/lib/http/guard";
import { storableEncoded } from "@/lib/http/storable";
import { LINK_PARAM, splitQuery } from "@/lib/links/link-address";
import { mayOpen, newLink } from "@/lib/links/links";
import { readAuditParams, writeAuditParams } from "../search-params";

/** Redirects a posted form to a link, if URLs may not contain what people type. */
export async function POST(request: Request): Promise<Response> {
  // Without a session the page redirects to the sign-in page.
  if (!(await mayOpen("audit"))) return seeOther("/audit");
  const posted = new URLSearchParams(storableEncoded(await request.text()));
  const asked = writeAuditParams(readAuditParams(posted, await getTimeZone()));
  const { open, hidden } = splitQuery("audit", asked);
  // A query that is too long for a link leads to an unknown link. Without it all rows would be
  // shown.
  if (hidden !== "") open.set(LINK_PARAM, (await newLink("audit", hidden)) ?? "");
  return seeOther(open.size === 0 ? "/audit" : `/audit?${open}`);
}
