"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";

type ZoneSelectProps = {
  zones: readonly { readonly zone: string; readonly href: string }[];
  chosen: string;
};

/** Whose clock the times are told by. */
export function ZoneSelect({ zones, chosen }: ZoneSelectProps) {
  const t = useTranslations("trend");
  const router = useRouter();
  return (
    <Select
      aria-label={t("zone")}
      title={t("zone")}
      value={chosen}
      onChange={({ target }) => {
        const href = zones.find(({ zone }) => zone === target.value)?.href;
        if (href) router.push(href, { scroll: false });
      }}
    >
      {zones.map(({ zone }) => (
        <option key={zone} value={zone}>
          {zone.replaceAll("_", " ")}
        </option>
      ))}
    </Select>
  );
}
