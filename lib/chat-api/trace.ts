import { z } from "zod";
import type { ChatApiError, ChatApiErrorKind } from "./errors";
import { CHANNEL_FIELDS, type Field, SUBSCRIPTION_FIELDS } from "./types";
import { channelFilter, subscriptionFilter } from "./wire";

/** What of an answer may be shown: `true` is all below it, a record only what it names. */
export type Shown = true | { readonly [name: string]: Shown };

const request = z.object({
  ResponseFilter: z
    .object({
      OfficialAccountBaseInfoFilter: z.array(z.string()).optional(),
      SelfInfoFilter: z.array(z.string()).optional(),
    })
    .optional(),
});

/**
 * What may be shown of the answer to a request: the documented frame, and of each row what was asked
 * for. The vendor may send more, and so may a proxy that puts in what it knows.
 */
export function shownOf(body: object, visible: readonly Field[]): Shown {
  const { ResponseFilter: asked } = request.parse(body);
  const channel = CHANNEL_FIELDS.some((field) => visible.includes(field));
  const subscription = SUBSCRIPTION_FIELDS.some((field) => visible.includes(field));
  const names = channel ? channelFilter(visible) : [];
  const selfNames = subscription ? subscriptionFilter(visible) : [];
  return {
    ...FRAME,
    TotalCount: true,
    CompleteFlag: true,
    Next: true,
    OfficialAccountInfoList: {
      Official_Account: true,
      ErrorCode: true,
      ErrorInfo: true,
      ...shown(names, asked?.OfficialAccountBaseInfoFilter),
      SelfInfo: shown(selfNames, asked?.SelfInfoFilter),
    },
  };
}

const FRAME = { ActionStatus: true, ErrorCode: true, ErrorInfo: true } as const;

function shown(names: readonly string[], asked: readonly string[] = names): Record<string, true> {
  const both = names.filter((name) => asked.includes(name));
  return Object.fromEntries(both.map((name) => [name, true as const]));
}

type Level = { readonly shown: Shown; readonly isRecord: boolean; next: Shown | false };

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const HIDDEN = '"[not requested]"';
/** Names that nobody documented can hold anything, a subscriber's data too. */
const PLAIN_NAME = /^"\w{1,40}"$/;

/**
 * Puts a note in the place of each value that may not be shown. It works on the text, because numbers
 * beyond 2^53 would not survive being parsed.
 *
 * @param json valid JSON
 */
export function hideUnasked(json: string, shown: Shown): string {
  const levels: Level[] = [];
  let hiddenDepth = 0;
  let text = "";
  let isName = false;
  for (const [token] of json.matchAll(TOKEN)) {
    const level = levels.at(-1);
    const opens = token === "{" || token === "[";
    const closes = token === "}" || token === "]";
    if (hiddenDepth > 0) {
      hiddenDepth += opens ? 1 : closes ? -1 : 0;
    } else if (closes) {
      levels.pop();
      isName = false;
      text += token;
    } else if (token === "," || token === ":") {
      isName = token === "," && Boolean(level?.isRecord);
      text += token;
    } else if (isName && level) {
      level.next = below(level.shown, token);
      text += level.next || PLAIN_NAME.test(token) ? token : '"[unknown]"';
    } else {
      const here = level ? level.next : shown;
      const isShown = here === true || (here && (opens || token === "null"));
      text += isShown ? token : HIDDEN;
      if (opens && isShown) levels.push({ shown: here, isRecord: token === "{", next: here });
      else if (opens) hiddenDepth = 1;
      isName = isShown && token === "{";
    }
  }
  return text;
}

function below(shown: Shown, name: string): Shown | false {
  if (shown === true) return true;
  const key: string = JSON.parse(name);
  return Object.hasOwn(shown, key) ? (shown[key] ?? false) : false;
}

type CurlCall = {
  readonly origin: string;
  readonly path: string;
  readonly sdkAppId: number;
  readonly body: string;
};

/** The same call as a line for a POSIX shell. Who signs, and the signature, are left to the reader. */
export function curlLine({ origin, path, sdkAppId, body }: CurlCall): string {
  const address =
    `"${inDoubleQuotes(origin + path)}?sdkappid=${sdkAppId}&identifier=$ADMIN_ID` +
    `&usersig=$USERSIG&random=$RANDOM&contenttype=json"`;
  return [
    `curl -sS -X POST ${address}`,
    `  -H 'Content-Type: application/json'`,
    `  --data-raw ${inSingleQuotes(body)}`,
  ].join(" \\\n");
}

function inDoubleQuotes(text: string): string {
  return text.replace(/[\\"$`]/g, "\\$&");
}

function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One time that a call was made. It holds nothing of the address but the host. */
export type TracedAttempt = {
  readonly origin: string;
  readonly startedAt: Date;
  /** Milliseconds that it waited for the budget before. */
  readonly waited: number;
  /** Milliseconds from the request to the end of the answer, or to the failure. */
  readonly duration: number;
  /** Null when the vendor said yes. */
  readonly failure: {
    readonly kind: ChatApiErrorKind;
    readonly code: number | null;
    readonly status: number | null;
    readonly info: string;
  } | null;
};

/** A call as it was made, with nothing in it that is secret. */
export type TracedCall = {
  readonly origin: string;
  readonly path: string;
  /** JSON as it was sent. */
  readonly body: string;
  readonly attempts: readonly TracedAttempt[];
  /** The JSON of the last attempt, with notes where the vendor sent what was not asked for; or null. */
  readonly answer: string | null;
  readonly curl: string;
};

type Beginning = {
  readonly origin: string;
  readonly path: string;
  readonly sdkAppId: number;
  readonly body: object;
};

type Attempt = Omit<TracedAttempt, "failure"> & { readonly error: ChatApiError | null };

/** Watches one call. Hand it to the call, and read it when that has ended, however it did. */
export class CallTrace {
  readonly #visible: readonly Field[];
  readonly #attempts: TracedAttempt[] = [];
  #beginning: Beginning | undefined;
  #answer: string | null = null;

  /** @param visible the fields whose values may be shown at all */
  constructor(visible: readonly Field[]) {
    this.#visible = visible;
  }

  /** For the client: what it is about to ask, and where. */
  begin(beginning: Beginning): void {
    this.#beginning = beginning;
  }

  /** For the client: an attempt that ended, and the JSON that it brought, already without secrets. */
  add({ error, ...attempt }: Attempt, answer: string | null): void {
    const failure = error && {
      kind: error.kind,
      code: error.code,
      status: error.status,
      info: error.info,
    };
    this.#attempts.push({ ...attempt, failure });
    this.#answer = answer;
  }

  /** The call, or null when none was begun. */
  get call(): TracedCall | null {
    if (!this.#beginning) return null;
    const { path, sdkAppId, body: sent } = this.#beginning;
    const origin = this.#attempts.at(-1)?.origin ?? this.#beginning.origin;
    const body = JSON.stringify(sent);
    return {
      origin,
      path,
      body,
      attempts: [...this.#attempts],
      answer: this.#answer && hideUnasked(this.#answer, shownOf(sent, this.#visible)),
      curl: curlLine({ origin, path, sdkAppId, body }),
    };
  }
}
