/** One call of the API. It holds nothing of the URL but the command and the app. */
export interface Call {
  /** Milliseconds on a clock that only goes forward. */
  readonly at: number;
  readonly command: string;
  readonly appId: number | null;
  /** The parsed body; null when it was not JSON. */
  readonly body: unknown;
  /** What the answer says; null when no readable answer was sent. */
  readonly errorCode: number | null;
}

const MOST_CALLS = 20_000;

/** Notes a call and forgets the oldest ones. */
export function recordCall(calls: Call[], call: Call): void {
  calls.push(call);
  if (calls.length > MOST_CALLS) calls.shift();
}
