import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/client-messages";
import { ProductMark, PublicPage } from "@/components/shell/public-page";
import { callbackPath } from "@/lib/auth/callback-path";
import { currentUser } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { SignInForm } from "./sign-in-form";
import { SsoPart } from "./sso-part";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

type Asked = { callbackUrl?: string | string[]; sso?: string | string[] };

type SignInPageProps = { searchParams: Promise<Asked> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callbackUrl, sso } = await searchParams;
  const next = callbackPath(callbackUrl);
  if (await currentUser()) redirect(next);
  const product = await getTranslations("app");
  return (
    <PublicPage>
      <div className="grid gap-1">
        <h1 className="flex items-center gap-2 font-semibold text-title">
          <ProductMark />
          {product("name")}
        </h1>
        <p className="text-muted">{product("description")}</p>
      </div>
      <SsoPart next={next} asked={sso} />
      {env().localAccounts && (
        <ClientMessages namespaces={["signIn"]}>
          <SignInForm next={next} />
        </ClientMessages>
      )}
    </PublicPage>
  );
}
