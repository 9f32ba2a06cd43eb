import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { keyNames } from "./key-names";
import type { Keys } from "./keys";

/** Keys as the platform writes them. */
export function KeyCaps({ keys, apple }: { keys: Keys; apple: boolean }) {
  const t = useTranslations("shortcuts");
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-dense text-muted">
      {keyNames(keys, apple).map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: "G" may come twice, and the order is fixed
        <Fragment key={index}>
          {index > 0 && t("then")}
          <KeyCap>{name}</KeyCap>
        </Fragment>
      ))}
    </span>
  );
}

export function KeyCap({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-mark border border-line px-1 font-mono text-dense text-muted">
      {children}
    </kbd>
  );
}
