import { seeOther } from "@/lib/http/guard";
import { storableEncoded } from "@/lib/http/storable";
import { LINK_PARAM, LINKED_PATH, splitQuery } from "@/lib/links/link-address";
import { mayOpen, newLink } from "@/lib/links/links";

/** The form before its script has come, where the address may not hold the id: it leads to a link. */
export async function POST(request: Request): Promise<Response> {
  // Before anything is read of whoever it is; the page then leads to the sign-in page.
  if (!(await mayOpen("lookup"))) return seeOther(LINKED_PATH);
  const { open, hidden } = splitQuery(
    "lookup",
    new URLSearchParams(storableEncoded(await request.text())),
  );
  const id = await newLink("lookup", hidden);
  if (id !== null) open.set(LINK_PARAM, id);
  return seeOther(`${LINKED_PATH}?${open}`);
}
