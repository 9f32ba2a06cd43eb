import { type ListRequest, parseRequestBody, sdkAppIdOf } from "@/lib/chat-api/request-body";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { curlWords } from "./curl-words";
import { type Doubtful, formattedNumber, mentionedIds } from "./doubtful";
import { idsOf } from "./ids";
import { trimmed } from "./trimmed";
import { literal, unwrapped } from "./unwrap";

/** What somebody pasted or typed where an id is wanted. */
export type Recognised =
  | { readonly kind: "subscriber"; readonly id: string }
  | {
      readonly kind: "subscribers";
      /** Each once, in their order; the first 500. */
      readonly ids: readonly string[];
      /** Of all different ids, also those past the first 500. */
      readonly total: number;
      /** Cells that hold no id. */
      readonly ignored: number;
    }
  | Doubtful
  | { readonly kind: "channel"; readonly id: string }
  | ({ readonly kind: "request" } & ListRequest)
  | ({
      readonly kind: "curl";
      /** The app that the line calls, if it names one. */
      readonly sdkAppId: number | null;
    } & ListRequest)
  /** An address of a desk. Its query is untrusted: whoever takes it parses it. */
  | { readonly kind: "link"; readonly search: string }
  | { readonly kind: "nothing" };

/** Characters of the longest text that is read. A longer one is not read in part: the count would be wrong. */
export const MAX_PASTE = 1_000_000;

/** Characters of the longest call; its largest part is a signature of some hundreds. */
const MAX_CALL = 65_536;

const MAX_IDS = 500;
const NOTHING = { kind: "nothing" } as const;
const LINK = /^(?:https?:\/\/[^\s/?#]+)?\/lookup\/?(\?[^\s#]*)(?:#\S*)?$/i;

/** Says what a text is, and keeps nothing else of it. It never throws, and takes time in proportion. */
export function recognise(text: string): Recognised {
  if (text.length > MAX_PASTE) return NOTHING;
  const given = trimmed(text);
  const quoted = literal(given);
  const inner = quoted ?? given;
  const search = LINK.exec(inner)?.[1];
  if (search !== undefined) return { kind: "link", search };
  const call = callIn(inner);
  if (call) return call;
  const number = formattedNumber(given);
  if (number) return chosen(number);
  return quoted === null ? listed(given) : single(quoted);
}

/** Leaves no choice where there is one reading, unless its digits are in doubt. */
function chosen(choice: Doubtful): Recognised {
  const [first, second] = choice.ids;
  const isCertain = first !== undefined && second === undefined && choice.reason !== "rounded";
  return isCertain ? single(first) : { ...choice, ids: choice.ids.slice(0, MAX_IDS) };
}

function callIn(text: string): Recognised | null {
  if (text.length > MAX_CALL || !text.includes("{")) return null;
  const words = curlWords(text);
  if (words) return curl(words);
  const request = requestIn(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  if (request) return { kind: "request", ...request };
  // The lines and commas of some other JSON do not make it a list of ids.
  return /^[[{]\s*["{]/.test(text) && /"\s*:/.test(text) ? NOTHING : null;
}

const DATA = /^(?:-d|--json|--data(?:-raw|-binary|-ascii)?)$/;
const ATTACHED = /^(?:-d|--(?:json|data(?:-raw|-binary|-ascii)?)=)([\s\S]+)$/;

function curl(words: readonly string[]): Recognised {
  const bodies = words.map((word, at) =>
    DATA.test(words[at - 1] ?? "") ? word : ATTACHED.exec(word)?.[1],
  );
  const request = bodies.map((body) => body && requestIn(body)).find(Boolean);
  if (!request) return NOTHING;
  const sdkAppId = words.map(sdkAppIdOf).find((id) => id !== null) ?? null;
  return { kind: "curl", sdkAppId, ...request };
}

function requestIn(body: string): ListRequest | null {
  const request = parseRequestBody(body);
  return request && subscriberIdProblem(request.subscriberId) === null ? request : null;
}

function listed(text: string): Recognised {
  const { ids, ignored, isRecord } = idsOf(text);
  const [first] = ids;
  if (ids.length > 1 && (isRecord || ids.length >= ignored)) {
    return { kind: "subscribers", ids: ids.slice(0, MAX_IDS), total: ids.length, ignored };
  }
  if (first !== undefined && (isRecord || ignored === 0)) return single(first);
  const mentioned = mentionedIds(text);
  return mentioned ? chosen(mentioned) : single(unwrapped(text));
}

function single(id: string): Recognised {
  const problem = subscriberIdProblem(id);
  if (problem === "channel") return /[\t\r\n,;]/.test(id) ? NOTHING : { kind: "channel", id };
  return problem === null ? { kind: "subscriber", id } : NOTHING;
}
