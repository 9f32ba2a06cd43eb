import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { can, type Permission } from "./permissions";
import { currentUser, type User } from "./session";

/** The person a page is for. Without one it leads to the sign-in page, and from there back. */
export async function requireUser(): Promise<User> {
  const user = await currentUser();
  if (user) return user;
  const here = (await headers()).get("x-path") ?? "/";
  redirect(`/sign-in?${new URLSearchParams({ callbackUrl: here })}`);
}

/** The person a page is for, if the page is for that role; for the others there is no such page. */
export async function requirePermission(permission: Permission): Promise<User> {
  const user = await requireUser();
  return can(user.role, permission) ? user : notFound();
}
