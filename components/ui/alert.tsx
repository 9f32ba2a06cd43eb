import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { type Tone, toneClass } from "./badge";

type AlertProps = { tone?: Tone; children: ReactNode; action?: ReactNode };

/** Announces what happened: at once for errors and warnings, politely otherwise. */
export function Alert({ tone = "bad", children, action }: AlertProps) {
  const Icon = icons[tone];
  const urgent = tone === "bad" || tone === "warn";
  return (
    <div
      className={`flex flex-wrap items-start gap-x-3 rounded-control border px-3 py-1 ${toneClass[tone]}`}
    >
      <Icon aria-hidden className="mt-2 size-4 shrink-0" />
      <div
        role={urgent ? "alert" : "status"}
        className="min-w-0 flex-1 basis-64 break-words py-1.5"
      >
        {children}
      </div>
      {action && <div className="empty:hidden max-sm:pb-1.5 max-sm:pl-7">{action}</div>}
    </div>
  );
}

const icons = { neutral: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };
