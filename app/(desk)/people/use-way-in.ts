import { useTranslations } from "next-intl";
import type { Person } from "@/lib/people/list-people";

/** How a person signs in, in words. */
export function useWayIn(
  {
    heldByProvider,
    hasCodes,
    hasPassword,
  }: Pick<Person, "heldByProvider" | "hasCodes" | "hasPassword">,
  provider: string | null,
): string {
  const t = useTranslations("people.wayIn");
  if (heldByProvider) return t("provider", { name: provider ?? "" });
  if (!hasPassword) return t("none");
  return t(hasCodes ? "passwordAndCode" : "password");
}
