import { z } from "zod";
import type { ChatApiError, ChatApiErrorKind } from "./errors";
import { CHANNEL_FIELDS, type Field, SUBSCRIPTION_FIELDS } from "./types";
import { channelFilter, subscriptionFilter } from "./wire";

/** What may be shown of an answer: `true` is everything below, a record only the named keys. */
type Shown = true | { readonly [name: string]: Shown };

const request = z.object({
  ResponseFilter: z
    .object({
      OfficialAccountBaseInfoFilter: z.array(z.string()).optional(),
      SelfInfoFilter: z.array(z.string()).optional(),
    })
    .optional(),
});

/**
 * Returns what may be shown of the answer to a request: the documented envelope, and the requested
 * fields of each row. The API or a proxy may send more.
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
/** Undocumented names may contain anything, personal data included. */
const PLAIN_NAME = /^"\w{1,40}"$/;

/**
 * Replaces each value that may not be shown by a note. Works on the text, because numbers beyond
 * 2^53 would change when parsed.
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

/** Returns the call as a command for a POSIX shell, without the account and the signature. */
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

/** One attempt of a call. Contains nothing of the URL except the host. */
type TracedAttempt = {
  readonly origin: string;
  readonly startedAt: Date;
  /** Milliseconds waited for the budget. */
  readonly waited: number;
  /** Milliseconds from the request to the end of the answer or the failure. */
  readonly duration: number;
  /** Null after success. */
  readonly failure: {
    readonly kind: ChatApiErrorKind;
    readonly code: number | null;
    readonly status: number | null;
    readonly info: string;
  } | null;
};

/** A call without secrets. */
export type TracedCall = {
  readonly origin: string;
  readonly path: string;
  /** The JSON as sent. */
  readonly body: string;
  readonly attempts: readonly TracedAttempt[];
  /** The JSON of the last attempt, with notes in place of unrequested values, or null. */
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

/** Traces one call. Pass it to the call and read it after the end. */
export class CallTrace {
  readonly #attempts: TracedAttempt[] = [];
  #beginning: Beginning | undefined;
  #answer: string | null = null;

  /** @param visible the fields whose values may be shown */
  constructor(private readonly visible: readonly Field[]) {}

  /** For the client: the request that follows, and its host. */
  begin(beginning: Beginning): void {
    this.#beginning = beginning;
  }

  /** For the client: a finished attempt and its JSON, already without secrets. */
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

  /** Returns the call, or null if none was started. */
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
      answer: this.#answer && hideUnasked(this.#answer, shownOf(sent, this.visible)),
      curl: curlLine({ origin, path, sdkAppId, body }),
    };
  }
}
