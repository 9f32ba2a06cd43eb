const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Longer texts are shown unformatted. */
const MAX_PRETTY = 100_000;

type Indented = {
  readonly text: string;
  /** Characters left out at the end. */
  readonly rest: number;
};

/**
 * Puts JSON on lines of its own. Only the blanks between its parts change, because a number beyond 2^53,
 * a name that comes twice or an escape would not survive being parsed and written again.
 *
 * @param json valid JSON
 * @param maxLength characters of the text to stop at
 */
export function indentJson(json: string, maxLength: number): Indented {
  let text = "";
  let depth = 0;
  let isFresh = false;
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    const opens = token === "{" || token === "[";
    const closes = token === "}" || token === "]";
    if (closes) depth--;
    // An empty object or array stays on one line.
    if (isFresh !== closes) text += newLine(depth);
    text += token;
    if (opens) depth++;
    isFresh = opens;
    if (token === ",") text += newLine(depth);
    if (token === ":") text += " ";
    if (text.length > maxLength) {
      const rest = json.length - index - token.length + (text.length - maxLength);
      return { text: text.slice(0, maxLength), rest };
    }
  }
  return { text, rest: 0 };
}

/** Returns an indented JSON object or array, or null for any other or very long text. */
export function prettyJson(text: string): string | null {
  if (text.length > MAX_PRETTY || !/^\s*[[{]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const { text: pretty, rest } = indentJson(text, 10 * MAX_PRETTY);
  return rest === 0 ? pretty : null;
}

function newLine(depth: number): string {
  return `\n${"  ".repeat(depth)}`;
}
