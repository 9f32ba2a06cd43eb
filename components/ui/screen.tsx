import type { ReactNode } from "react";

type ScreenProps = { happened: ReactNode; remedy: ReactNode; action?: ReactNode };

/** One sentence about what happened, one about what to do, and at most one action. */
export function Screen({ happened, remedy, action }: ScreenProps) {
  return (
    <div className="grid justify-items-start gap-2 rounded-control border border-line bg-raised p-6">
      <p className="font-medium">{happened}</p>
      <p className="text-muted">{remedy}</p>
      {action}
    </div>
  );
}

/** A placeholder with the size of its content. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={`block animate-late rounded-control bg-line ${className}`} />;
}
