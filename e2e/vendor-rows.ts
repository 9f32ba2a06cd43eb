import { signUserSig } from "@/lib/chat-api/user-sig";
import type { ChatApp } from "./desk";

const LIST = "/v4/official_account_open_http_svc/get_subscribed_official_account_list";

/** A row as the vendor gives it, with all of its fields. */
export type VendorRow = {
  readonly Official_Account: string;
  readonly Name: string;
  readonly Owner_Account: string;
  readonly SubscriberNum: number;
  readonly LastMsgTime: number;
  readonly CreateTime?: number;
  readonly Introduction: string;
  readonly Organization: string;
  readonly SelfInfo: { readonly SubscribeTime: number };
};

type Page = {
  readonly OfficialAccountInfoList: readonly VendorRow[];
  readonly CompleteFlag: number;
  readonly Next: number;
};

/** All rows of a subscriber, read by a plain script that follows `Next` and believes. */
export async function vendorRows(
  app: ChatApp | undefined,
  vendor: string,
  subscriberId: string,
): Promise<readonly VendorRow[]> {
  if (!app) throw new Error("There is no app to ask about.");
  const url = new URL(LIST, vendor);
  url.search = new URLSearchParams({
    sdkappid: String(app.sdkAppId),
    identifier: app.adminId,
    usersig: signUserSig(app, Math.floor(Date.now() / 1000), 600),
    random: "1",
    contenttype: "json",
  }).toString();
  const rows: VendorRow[] = [];
  for (let offset = 0; ; ) {
    const body = { Subscriber_Account: subscriberId, Limit: 200, Offset: offset };
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    const page = (await response.json()) as Page;
    rows.push(...page.OfficialAccountInfoList);
    if (page.CompleteFlag === 1) return rows;
    offset = page.Next;
  }
}
