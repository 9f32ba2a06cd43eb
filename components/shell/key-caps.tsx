import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { type Keys, keyNames } from "./keys";

/** A shortcut in the spelling of the platform. */
export function KeyCaps({ keys, apple }: { keys: Keys; apple: boolean }) {
  const t = useTranslations("shortcuts");
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-dense text-muted">
      {keyNames(keys, apple).map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is fixed and a key can come twice
        <Fragment key={index}>
          {index > 0 && <span>{t("then")}</span>}
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
