import { redirect } from "next/navigation";
import { requireUser } from "@/lib/auth/require";

/** Redirects to the start page of the role. */
export default async function HomePage() {
  const { role } = await requireUser();
  redirect(role === "product" ? "/overview" : "/lookup");
}
