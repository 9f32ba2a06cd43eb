import { visibleText } from "@/lib/visible-text";

/** What a program said of itself: in English, whatever the language of the page. */
export function TechnicalText({ text }: { text: string }) {
  return (
    <bdi lang="en" className="font-mono">
      {visibleText(text)}
    </bdi>
  );
}
