"use client";

import { useActionState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

/** Ends the session, and leaves the page with all that it holds in memory. */
export function SignOutButton({ label, failure }: { label: string; failure: string }) {
  const [failed, leave, pending] = useActionState(signOut, false);
  return (
    <form action={leave} className="grid gap-2">
      {failed && <Alert>{failure}</Alert>}
      <Button type="submit" className="w-full" disabled={pending}>
        {label}
      </Button>
    </form>
  );
}

async function signOut(): Promise<boolean> {
  try {
    // Loaded when it is needed, since no other page uses this library in the browser.
    const auth = await import("next-auth/react");
    await auth.signOut({ callbackUrl: "/sign-in" });
    return false;
  } catch {
    // Whatever failed on the way, the session is still there, and that is what is shown.
    return true;
  }
}
