import { visibleText } from "@/lib/visible-text";

/** The vendor's or a user's text, whole: its lines broken as they are, and nothing in it hidden. */
export function TextBlock({ text, className = "" }: { text: string; className?: string }) {
  return (
    <bdi
      // Each line finds its own direction, so that none can turn another around; and piles of marks that
      // no line can hold do not run over what stands beside it.
      className={`block overflow-clip whitespace-pre-wrap break-words [unicode-bidi:plaintext] ${className}`}
    >
      {visibleLines(text)}
    </bdi>
  );
}

function visibleLines(text: string): string {
  if (text.trim() === "") return visibleText(text);
  return text
    .split(/\r?\n/)
    .map((line) => (/^[ \t]*$/.test(line) ? line : visibleText(line)))
    .join("\n");
}
