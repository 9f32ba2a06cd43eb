import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/client-messages";
import { ProductMark, PublicPage } from "@/components/shell/public-page";
import { LinkReader } from "./link-reader";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("choosePassword");
  return { title: t("title") };
}

/** The target of an administrator's link, without a session. */
export default async function ChoosePasswordPage() {
  const [t, product] = await Promise.all([
    getTranslations("choosePassword"),
    getTranslations("app"),
  ]);
  return (
    <PublicPage>
      <div className="grid gap-1">
        <p className="flex items-center gap-2 font-semibold">
          <ProductMark />
          {product("name")}
        </p>
        <h1 className="font-semibold text-title">{t("title")}</h1>
      </div>
      <ClientMessages namespaces={["choosePassword", "failed", "signIn"]}>
        <LinkReader />
      </ClientMessages>
    </PublicPage>
  );
}
