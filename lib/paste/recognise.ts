import { type ListRequest, parseRequestBody, sdkAppIdOf } from "@/lib/chat-api/request-body";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { trimmed } from "../subscriber-id";
import { type Doubtful, formattedNumber, idsOf, mentionedIds } from "./ids";
import { literal, unwrapped } from "./unwrap";

/** The meaning of a text that was pasted or typed into an ID field. */
export type Recognised =
  | { readonly kind: "subscriber"; readonly id: string }
  | {
      readonly kind: "subscribers";
      /** Without duplicates, in their order; the first 500. */
      readonly ids: readonly string[];
      /** Number of all distinct IDs, including those past the first 500. */
      readonly total: number;
      readonly ignored: number;
      readonly duplicates: number;
    }
  | Doubtful
  | { readonly kind: "channel"; readonly id: string }
  | ({ readonly kind: "request" } & ListRequest)
  | ({
      readonly kind: "curl";
      /** The app that the command calls, if it names one. */
      readonly sdkAppId: number | null;
    } & ListRequest)
  /** A URL of a desk. Its query is untrusted and must be parsed. */
  | { readonly kind: "link"; readonly search: string }
  | { readonly kind: "nothing" };

/** Characters of the longest text that is read. A part of it would give a wrong count. */
export const MAX_PASTE = 1_000_000;

/** Characters of the longest call; most of it is a signature. */
const MAX_CALL = 65_536;

/** IDs of the largest list. */
export const MAX_IDS = 500;
const NOTHING = { kind: "nothing" } as const;
const LINK = /^(?:https?:\/\/[^\s/?#]+)?\/lookup\/?(\?[^\s#]*)(?:#\S*)?$/i;

/** Recognises a text. Never throws and takes linear time. */
export function recognise(text: string): Recognised {
  if (text.length > MAX_PASTE) return NOTHING;
  const written = trimmed(text);
  const quoted = literal(written);
  const inner = quoted ?? written;
  const search = LINK.exec(inner)?.[1];
  if (search !== undefined) return { kind: "link", search };
  const call = callIn(inner);
  if (call) return call;
  const number = formattedNumber(written);
  if (number) return chosen(number);
  return quoted === null ? recogniseList(written) : single(quoted);
}

/** Offers no choice if there is only one reading, unless its digits are in doubt. */
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
  // Lines and commas of other JSON do not make it a list of IDs.
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

function recogniseList(text: string): Recognised {
  const { ids, ignored, duplicates, isRecord } = idsOf(text);
  const [first] = ids;
  if (ids.length > 1 && (isRecord || ids.length >= ignored)) {
    return {
      ...{ kind: "subscribers", ids: ids.slice(0, MAX_IDS), total: ids.length },
      ...{ ignored, duplicates },
    };
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

// Every alternative takes at least one character and gives none back, so the time is linear.
const PIECE =
  /\$'(?:[^'\\]|\\[\s\S]?)*'?|'[^']*'?|"(?:[^"\\]|\\[\s\S]?)*"?|\\(?:\r?\n|[\s\S])?|\s+|[^\s'"\\$]+|\$/g;
const COMMAND = /^(?:[$%>]\s+)?curl(?:\.exe)?\s/i;

/** Returns the words of a curl command as a shell would pass them; null for any other text. */
function curlWords(line: string): string[] | null {
  if (!COMMAND.test(line)) return null;
  const words = [""];
  for (const [piece] of posix(line).matchAll(PIECE)) {
    if (/^\s/.test(piece)) words.push("");
    else words.push(`${words.pop() ?? ""}${shellValue(piece)}`);
  }
  return words;
}

/** Converts to a POSIX command: Windows escapes with ^, PowerShell continues with a backtick. */
function posix(line: string): string {
  const windows = /\^\s*\n|\^"/.test(line) ? line.replace(/\^(?:\r?\n|([\s\S]))/g, "$1") : line;
  return windows.replace(/`\r?\n/g, " ");
}

function shellValue(piece: string): string {
  if (piece.startsWith("$'")) return inside(piece, 2, "'").replace(ANSI_C, character);
  if (piece.startsWith("'")) return inside(piece, 1, "'");
  if (piece.startsWith('"')) {
    return inside(piece, 1, '"').replace(/\\(?:\r?\n|([$`"\\]))/g, "$1");
  }
  return piece.startsWith("\\") ? piece.slice(1).trim() : piece;
}

function inside(piece: string, start: number, quote: string): string {
  const isClosed = piece.length > start && piece.endsWith(quote);
  return piece.slice(start, isClosed ? -1 : undefined);
}

const ANSI_C = /\\(?:x([\da-f]{1,2})|u([\da-f]{1,4})|([\s\S]))/gi;
const CONTROLS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function character(_: string, byte?: string, code?: string, plain = ""): string {
  const hex = byte ?? code;
  return hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (CONTROLS[plain] ?? plain);
}
