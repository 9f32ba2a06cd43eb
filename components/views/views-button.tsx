import { Bookmark } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";

export function ViewsButton(props: ComponentProps<"button">) {
  const t = useTranslations("views");
  return (
    <Button {...props} className="gap-1 !px-2 text-dense">
      <Bookmark aria-hidden className="size-4 text-muted" />
      {t("button")}
    </Button>
  );
}
