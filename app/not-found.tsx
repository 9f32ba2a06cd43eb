import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "@/components/ui/button";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notFound");
  return { title: t("title") };
}

export default async function NotFoundPage() {
  const t = await getTranslations("notFound");
  return (
    <main className="mx-auto grid max-w-md justify-items-start gap-2 px-4 py-16">
      <h1 className="font-semibold text-title">{t("title")}</h1>
      <p className="text-muted">{t("body")}</p>
      <Link prefetch={false} href="/lookup" className={`${buttonClass("primary")} mt-2`}>
        {t("action")}
      </Link>
    </main>
  );
}
