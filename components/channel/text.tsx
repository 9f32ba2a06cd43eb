import { visibleText } from "@/lib/visible-text";

type UntrustedTextProps = { text: string; className?: string };

/** Untrusted text on one line. Isolates its direction and shows invisible characters. */
export function UntrustedText({ text, className }: UntrustedTextProps) {
  const shown = visibleText(text);
  return (
    <bdi title={shown} className={className ? `block truncate ${className}` : "block truncate"}>
      {shown}
    </bdi>
  );
}

/** Untrusted text with its own line breaks. Isolates its direction and shows invisible characters. */
export function TextBlock({ text, className = "" }: { text: string; className?: string }) {
  return (
    <bdi
      // Each line has its own direction, and stacked marks are clipped at the edge of the block.
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

type MissingValueProps = {
  label: string;
  /** Shows the label instead of a dash. */
  isSpelledOut?: boolean;
};

/** A cell without a value. The dash has its meaning as a title and for screen readers. */
export function MissingValue({ label, isSpelledOut = false }: MissingValueProps) {
  if (isSpelledOut) return <span className="text-muted">{label}</span>;
  return (
    <span title={label} className="text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
