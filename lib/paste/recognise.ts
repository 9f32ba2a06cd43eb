import { type ListRequest, parseRequestBody, sdkAppIdOf } from "@/lib/chat-api/request-body";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { trimmed } from "../subscriber-id";
import { type Doubtful, formattedNumber, idsOf, mentionedIds } from "./ids";
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

// Every alternative takes at least one character and gives none back, so the time is linear.
const PIECE =
  /\$'(?:[^'\\]|\\[\s\S]?)*'?|'[^']*'?|"(?:[^"\\]|\\[\s\S]?)*"?|\\(?:\r?\n|[\s\S])?|\s+|[^\s'"\\$]+|\$/g;
const COMMAND = /^(?:[$%>]\s+)?curl(?:\.exe)?\s/i;

/** The words of a curl line as a shell would pass them on; null for any other text. */
function curlWords(line: string): string[] | null {
  if (!COMMAND.test(line)) return null;
  const words = [""];
  for (const [piece] of posix(line).matchAll(PIECE)) {
    if (/^\s/.test(piece)) words.push("");
    else words.push(`${words.pop() ?? ""}${meant(piece)}`);
  }
  return words;
}

/** The line as a POSIX shell would have it: Windows escapes with ^, its PowerShell continues with a backtick. */
function posix(line: string): string {
  const windows = /\^\s*\n|\^"/.test(line) ? line.replace(/\^(?:\r?\n|([\s\S]))/g, "$1") : line;
  return windows.replace(/`\r?\n/g, " ");
}

function meant(piece: string): string {
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
