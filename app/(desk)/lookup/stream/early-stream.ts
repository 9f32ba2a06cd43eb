/** A reading that the page began before its scripts were there. */
type EarlyStream = {
  readonly address: string;
  readonly response: Promise<Response>;
  readonly abort: () => void;
};

declare global {
  // Written by the inline script of the page.
  var channelDeskStream: EarlyStream | undefined;
}

export const STREAM_HEADERS = { accept: "application/x-ndjson" } as const;

/** Returns a script that begins to read a whole set at once. The vendor answers while the page comes alive. */
export function earlyStreamScript(address: string): string {
  const [quotedAddress, headers] = [address, STREAM_HEADERS].map((value) =>
    JSON.stringify(value).replaceAll("<", "\\u003c"),
  );
  return `{const a=${quotedAddress},c=new AbortController,response=fetch(a,{headers:${headers},signal:c.signal});response.catch(()=>{});globalThis.channelDeskStream={address:a,response,abort:()=>c.abort()}}`;
}

/** Returns the response of the early reading if it is of this address. Another one is ended. */
export function takeEarlyStream(address: string, signal: AbortSignal): Promise<Response> | null {
  const early = globalThis.channelDeskStream;
  if (!early) return null;
  globalThis.channelDeskStream = undefined;
  if (early.address !== address || signal.aborted) {
    early.abort();
    return null;
  }
  signal.addEventListener("abort", early.abort);
  return early.response;
}

/** Ends the early reading if nothing has taken it. */
export function dropEarlyStream(): void {
  globalThis.channelDeskStream?.abort();
  globalThis.channelDeskStream = undefined;
}
