import { z } from "zod";
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
const HIDDEN = '"[not asked for]"';
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
