"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { CompareList } from "./compare-list";
import { type ViewParams, viewAddress } from "./view-params";

type CompareButtonProps = {
  app: string;
  params: ViewParams;
};

/** Puts another channel's line beside this one's. */
export function CompareButton({ app, params }: CompareButtonProps) {
  const t = useTranslations("trend");
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);

  function add(channelId: string) {
    setOpen(false);
    router.push(viewAddress(params, { with: [...params.with, channelId] }), { scroll: false });
  }

  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger className={buttonClass("secondary")}>
        <Plus aria-hidden className="size-4" />
        {t("compare")}
      </PopoverTrigger>
      <PopoverContent aria-label={t("compare")} className="w-80">
        <CompareList app={app} taken={[params.channel ?? "", ...params.with]} onChoose={add} />
      </PopoverContent>
    </Popover>
  );
}
