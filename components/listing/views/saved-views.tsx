"use client";

import { Bookmark } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ViewsMenuProps } from "./views-menu";

const load = () => import("./views-menu").then((module) => module.ViewsMenu);

const ViewsMenu = dynamic(load, { ssr: false });

/** The button of a page's saved views. It loads the menu on pointer, focus or press. */
export function SavedViews(props: Omit<ViewsMenuProps, "trigger">) {
  const [isOpened, setOpened] = useState(false);
  if (isOpened) return <ViewsMenu {...props} trigger={<ViewsButton />} />;
  return (
    <ViewsButton
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setOpened(true)}
    />
  );
}

function ViewsButton(props: ComponentProps<"button">) {
  const t = useTranslations("views");
  return (
    <Button {...props} className="gap-1 !px-2 text-dense">
      <Bookmark aria-hidden className="size-4 text-muted" />
      <span className="max-md:sr-only">{t("button")}</span>
    </Button>
  );
}
