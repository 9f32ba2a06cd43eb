import { type Recognised, recognise } from "@/lib/paste/recognise";
import { onOneLine } from "./recognised";
import { isItself } from "./recognised-question";
import { loadLookupParams } from "./search-params";

type Pasted = {
  /** What the field shows now. */
  readonly draft: string;
  /** What was pasted, where the field alone does not tell. */
  readonly found: Recognised | null;
};

/** What a text is that was pasted between two others. */
export function pasted(text: string, before: string, after: string): Pasted {
  const found = recognise(text);
  const isWhole = !["nothing", "subscriber", "channel"].includes(found.kind);
  if (!isWhole && before + after !== "") {
    return { draft: before + onOneLine(text) + after, found: null };
  }
  return { draft: shownInField(found, text), found: isItself(found, text) ? null : found };
}

/** What the field shows of a paste: never more than the ids. */
function shownInField(found: Recognised, text: string): string {
  switch (found.kind) {
    case "subscriber":
    case "channel":
      return found.id;
    case "subscribers":
      return found.ids.join(", ");
    case "request":
    case "curl":
      return found.subscriberId;
    case "link":
      return loadLookupParams(found.search).subscriber ?? "";
    case "nothing":
      return onOneLine(text);
  }
}
