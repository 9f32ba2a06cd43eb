import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/client-messages";
import { ProductMark, PublicPage } from "@/components/shell/public-page";
import { currentUser } from "@/lib/auth/current-user";
import { refusedAccount } from "@/lib/auth/oidc/admission";
import { callbackPath, parseSsoProblem } from "@/lib/auth/oidc/sso";
import { env } from "@/lib/env";
import { SignInForm, SsoButton } from "./sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

type SearchParams = { callbackUrl?: string | string[]; sso?: string | string[] };

type SignInPageProps = { searchParams: Promise<SearchParams> };

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

type SsoPartProps = {
  next: string;
  /** The problem named in the URL, which anybody may have typed. */
  asked: string | string[] | undefined;
};

/** The button of the identity provider, if configured, and the result of the last attempt. */
async function SsoPart({ next, asked }: SsoPartProps) {
  const { oidc, localAccounts } = env();
  if (oidc === null) return null;
  const t = await getTranslations("sso");
  const problem = parseSsoProblem(asked);
  const account = problem && (await refusedAccount());
  return (
    <>
      <ClientMessages namespaces={["sso"]}>
        <SsoButton name={oidc.name} next={next} problem={problem} account={account} />
      </ClientMessages>
      {localAccounts && (
        <p className="flex items-center gap-3 text-dense text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          {t("or")}
        </p>
      )}
    </>
  );
}
