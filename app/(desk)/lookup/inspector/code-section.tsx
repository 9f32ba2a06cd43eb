"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { TextBlock } from "@/components/channel/text";
import { CopyButton } from "@/components/ui/copy";

type CodeSectionProps = {
  title: string;
  text: string;
  /** What should be said before. */
  children?: ReactNode;
};

/** A part of the inspector that is code: shown as it is, and copied whole. */
export function CodeSection({ title, text, children }: CodeSectionProps) {
  const t = useTranslations("inspector");
  const heading = useId();
  return (
    <div>
      <div className="mb-1 flex items-center gap-1">
        <h3 id={heading} className="font-semibold">
          {title}
        </h3>
        <CopyButton value={text} label={t("copy", { what: title })} />
      </div>
      {children}
      <section
        aria-labelledby={heading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
        tabIndex={0}
        className="max-h-80 overflow-y-auto rounded-control border border-line bg-background p-2"
      >
        <TextBlock text={text} className="break-all font-mono text-dense" />
      </section>
    </div>
  );
}
