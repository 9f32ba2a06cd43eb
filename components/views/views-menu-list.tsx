"use client";

import { useLocale, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { SavedView } from "@/lib/saved-views";
import { useSavedViews } from "./use-saved-views";
import { ViewEntry, type ViewEntryProps } from "./views-menu-entry";

type ViewsListProps = Omit<ViewEntryProps, "view">;

/** The person's views and the team's, or why they are not there. */
export function ViewsList(props: ViewsListProps) {
  const t = useTranslations("views");
  const { data, isFetching, refetch } = useSavedViews(props.views);
  if (data?.ok) return <Groups saved={data.value} {...props} />;
  if (!data && isFetching) return <Reading label={t("reading")} />;
  const retry = (
    <Button aria-disabled={isFetching} onClick={() => void refetch({ cancelRefetch: false })}>
      {t("retry")}
    </Button>
  );
  return (
    <Alert action={retry}>
      {data ? `${data.failure.happened} ${data.failure.remedy}` : t("unreachable")}
    </Alert>
  );
}

function Groups({ saved, ...props }: ViewsListProps & { saved: readonly SavedView[] }) {
  const t = useTranslations("views");
  const { compare } = new Intl.Collator(useLocale(), { numeric: true });
  if (saved.length === 0) return <p className="text-muted">{t("none")}</p>;
  const sorted = saved.toSorted((a, b) => compare(a.name, b.name));
  return (["mine", "team"] as const).map((group) => {
    const members = sorted.filter(({ isTeam }) => isTeam === (group === "team"));
    if (members.length === 0) return null;
    return (
      <section key={group} aria-labelledby={`views-${group}`}>
        <h2 id={`views-${group}`} className="mb-1 font-medium text-muted">
          {t(group)}
        </h2>
        <ul>
          {members.map((view) => (
            <ViewEntry key={view.id} view={view} {...props} />
          ))}
        </ul>
      </section>
    );
  });
}

function Reading({ label }: { label: string }) {
  return (
    <div className="grid gap-2 py-1">
      <span role="status" className="sr-only">
        {label}
      </span>
      <Skeleton className="h-4 w-40" />
      <Skeleton className="h-4 w-56" />
    </div>
  );
}
