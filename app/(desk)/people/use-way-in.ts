import { useTranslations } from "next-intl";
import type { Person } from "@/lib/people/list-people";

/** How somebody signs in, in words. */
export function useWayIn(
  { heldByProvider, hasCodes }: Pick<Person, "heldByProvider" | "hasCodes">,
  provider: string | null,
): string {
  const t = useTranslations("people.wayIn");
  if (heldByProvider) return t("provider", { name: provider ?? "" });
  return t(hasCodes ? "passwordAndCode" : "password");
}
