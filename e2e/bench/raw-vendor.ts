import { Agent, fetch } from "undici";
import { Budget } from "@/lib/chat-api/budget";
import { ChatClient } from "@/lib/chat-api/client";
import { type SigningKey, signUserSig } from "@/lib/chat-api/user-sig";
import type { Stage } from "./stage";

const LIST = "/v4/official_account_open_http_svc/get_subscribed_official_account_list";
const LIMIT = 200;

export type RawPage = {
  readonly ErrorCode: number;
  readonly OfficialAccountInfoList: readonly { readonly Official_Account: string }[];
  readonly TotalCount: number;
  readonly CompleteFlag: number;
  readonly Next: number;
};

export type RawCall = (body: object) => Promise<RawPage>;

/** What a plain script does: one signature, connections kept alive, post, parse, believe. */
export function rawVendor({ app, vendor }: Stage): RawCall {
  const url = new URL(LIST, vendor);
  url.search = new URLSearchParams({
    sdkappid: String(app.sdkAppId),
    identifier: app.adminId,
    usersig: signUserSig(app, Math.floor(Date.now() / 1000), 86_400),
    random: "1",
    contenttype: "json",
  }).toString();
  const dispatcher = new Agent({ keepAliveTimeout: 60_000 });
  return async (body) => {
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body), dispatcher });
    const page = (await response.json()) as RawPage;
    if (page.ErrorCode !== 0) throw new Error(`The emulator answered ${page.ErrorCode}.`);
    return page;
  };
}

/** Reads a whole set page after page; gives the number of different channels. */
export async function followNext(call: RawCall, subscriber: string): Promise<number> {
  const seen = new Set<string>();
  for (let offset = 0; ; ) {
    const page = await call({ Subscriber_Account: subscriber, Limit: LIMIT, Offset: offset });
    for (const channel of page.OfficialAccountInfoList) seen.add(channel.Official_Account);
    if (page.CompleteFlag === 1) return seen.size;
    offset = page.Next;
  }
}

/** Reads a whole set whose length is known by so many calls at a time; gives what `followNext` does. */
export async function atOffsets(
  call: RawCall,
  subscriber: string,
  total: number,
  parallel: number,
) {
  const seen = new Set<string>();
  let offset = 0;
  const reader = async () => {
    while (offset < total) {
      const body = { Subscriber_Account: subscriber, Limit: LIMIT, Offset: offset };
      offset += LIMIT;
      const page = await call(body);
      for (const channel of page.OfficialAccountInfoList) seen.add(channel.Official_Account);
    }
  };
  await Promise.all(Array.from({ length: parallel }, reader));
  return seen.size;
}

export type ReceivedCall = {
  /** Milliseconds on a clock that only goes forward. */
  readonly at: number;
  readonly command: string;
  readonly body: object;
  readonly errorCode: number | null;
};

/** The list calls that reached the emulator since it was last asked to forget, oldest first. */
export async function receivedCalls({ vendor }: Stage): Promise<ReceivedCall[]> {
  const calls = (await (await fetch(`${vendor}/emulator/calls`)).json()) as ReceivedCall[];
  return calls.filter(({ command }) => LIST.endsWith(command));
}

export async function forgetCalls({ vendor }: Stage): Promise<void> {
  await fetch(`${vendor}/emulator/calls`, { method: "DELETE" });
}

/** A client as the dashboard builds it. */
export function benchClient(app: SigningKey, vendor: string): ChatClient {
  const dispatcher = new Agent({ connections: 64, keepAliveTimeout: 60_000 });
  return new ChatClient({
    ...app,
    origins: [vendor],
    budget: new Budget(200),
    fetch: (url, init) => fetch(url, { ...init, dispatcher }),
  });
}
