"use client";

import { useActionState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

/** Signs out with a full page load, which also clears the memory of the page. */
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
    // No other page uses this library in the browser.
    const auth = await import("next-auth/react");
    await auth.signOut({ callbackUrl: "/sign-in" });
    return false;
  } catch {
    // The session is still there, and the message says so.
    return true;
  }
}
