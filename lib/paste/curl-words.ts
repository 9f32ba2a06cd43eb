// Every alternative takes at least one character and gives none back, so the time is linear.
const PIECE =
  /\$'(?:[^'\\]|\\[\s\S]?)*'?|'[^']*'?|"(?:[^"\\]|\\[\s\S]?)*"?|\\(?:\r?\n|[\s\S])?|\s+|[^\s'"\\$]+|\$/g;
const COMMAND = /^(?:[$%>]\s+)?curl(?:\.exe)?\s/i;

/** The words of a curl line as a shell would pass them on; null for any other text. */
export function curlWords(line: string): string[] | null {
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
