import type { ReactNode } from "react";
import { Preferences } from "./preferences";

/** A page for who has no session: one card in the middle, and language and theme below it. */
export function DoorFrame({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh content-center justify-items-center gap-4 p-4">
      <div className="grid w-full max-w-90 gap-5 rounded-control border border-line bg-raised p-6">
        {children}
      </div>
      <div className="flex gap-1">
        <Preferences />
      </div>
    </main>
  );
}
