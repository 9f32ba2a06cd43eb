"use client";

import { Bookmark } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ComponentProps, type ComponentType, useState } from "react";
import { Button } from "@/components/ui/button";

/**
 * Returns a button that loads a page's menu of saved views on pointer, focus or press.
 *
 * @param load imports the menu with the page's server actions
 */
export function lazyViewsMenu<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const ViewsMenu = dynamic<Props>(load, { ssr: false });
  return function LazyViewsMenu(props: Props) {
    const [isOpened, setOpened] = useState(false);
    if (isOpened) return <ViewsMenu {...props} />;
    return (
      <ViewsButton
        aria-haspopup="dialog"
        aria-expanded={false}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setOpened(true)}
      />
    );
  };
}

export function ViewsButton(props: ComponentProps<"button">) {
  const t = useTranslations("views");
  return (
    <Button {...props} className="gap-1 !px-2 text-dense">
      <Bookmark aria-hidden className="size-4 text-muted" />
      {t("button")}
    </Button>
  );
}
