import { visibleText } from "@/lib/visible-text";

type UntrustedTextProps = { text: string; className?: string };

/** The vendor's or a user's text on one line: isolated in direction, nothing in it hidden. */
export function UntrustedText({ text, className }: UntrustedTextProps) {
  const shown = visibleText(text);
  return (
    <bdi title={shown} className={className ? `block truncate ${className}` : "block truncate"}>
      {shown}
    </bdi>
  );
}
