import { redirect } from "next/navigation";
import { requireUser } from "@/lib/auth/require";

/** Leads people to the room in which they begin. */
export default async function HomePage() {
  const { role } = await requireUser();
  redirect(role === "product" ? "/overview" : "/lookup");
}
