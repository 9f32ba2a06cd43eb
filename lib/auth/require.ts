import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { AuditTrail } from "@/lib/audit/record";
import { isWorthARow } from "@/lib/http/rate-limit";
import { requestFacts } from "@/lib/http/request";
import { currentUser, type SessionUser } from "./current-user";
import { can, type Permission } from "./permissions";

/** Returns the person who opens a page, or redirects to the sign-in page, which leads back. */
export async function requireUser(): Promise<SessionUser> {
  const user = await currentUser();
  if (user) return user;
  const here = (await headers()).get("x-path") ?? "/";
  redirect(`/sign-in?${new URLSearchParams({ callbackUrl: here })}`);
}

/**
 * Returns the person who opens a page, if the role has the permission. Otherwise the page is not
 * found and the attempt is audited. A person who must switch one-time codes on is redirected to do
 * so first.
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
