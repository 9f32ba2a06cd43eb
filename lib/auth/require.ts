import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { AuditTrail } from "@/lib/audit/trail";
import { isWorthARow } from "@/lib/http/rate-limit";
import { requestFacts } from "@/lib/http/request";
import { can, type Permission } from "./permissions";
import { currentUser, type SessionUser } from "./session";

/** The person a page is for. Without one it leads to the sign-in page, and from there back. */
export async function requireUser(): Promise<SessionUser> {
  const user = await currentUser();
  if (user) return user;
  redirect(`/sign-in?${new URLSearchParams({ callbackUrl: await here() })}`);
}

/**
 * The person a page is for, if the page is for that role; for the others there is no such page, and it
 * is written down that they asked. Who has to switch one-time codes on is led there first.
 */
export async function requirePermission(permission: Permission): Promise<SessionUser> {
  const user = await requireUser();
  if (user.mustSwitchCodesOn && permission !== "account") redirect("/account");
  if (can(user.role, permission)) return user;
  const request = await requestFacts();
  if (await isWorthARow(request.address, new Date())) {
    const trail = new AuditTrail("page", request, user);
    await trail.end({ outcome: "refused", code: "notAllowed", target: permission });
  }
  return notFound();
}

async function here(): Promise<string> {
  return (await headers()).get("x-path") ?? "/";
}
