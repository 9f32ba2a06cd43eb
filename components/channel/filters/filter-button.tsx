import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

type FilterButtonProps = {
  label: string;
  active: boolean;
  expanded: boolean;
  /** Somebody is about to press it. */
  onReach: () => void;
  onPress: (button: HTMLButtonElement) => void;
};

/** Opens the questions of a column, and shows by a dot that one of them is asked. */
export function FilterButton({ label, active, expanded, onReach, onPress }: FilterButtonProps) {
  const t = useTranslations("filters");
  return (
    <Button
      aria-label={t(active ? "openActive" : "open", { label })}
      aria-haspopup="dialog"
      aria-expanded={expanded}
      onPointerEnter={onReach}
      onFocus={onReach}
      onClick={(event) => onPress(event.currentTarget)}
      className="gap-1 !px-2 text-dense max-sm:hidden"
    >
      {active && <span aria-hidden className="size-1.5 rounded-full bg-accent" />}
      {label}
      <ChevronDown aria-hidden className="size-3.5 text-muted" />
    </Button>
  );
}
