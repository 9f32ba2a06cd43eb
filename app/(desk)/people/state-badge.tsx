import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { PersonState } from "@/lib/people/list-people";

const TONES = {
  active: "good",
  invited: "warn",
  reset: "warn",
  noWayIn: "warn",
  disabled: "bad",
} as const;

/** Whether somebody can sign in, in a word. */
export function StateBadge({ state }: { state: PersonState }) {
  const t = useTranslations("people.states");
  return <Badge tone={TONES[state]}>{t(state)}</Badge>;
}
