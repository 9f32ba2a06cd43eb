import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/client-messages";
import { refusedAccount } from "@/lib/auth/oidc/outcome";
import { parseSsoProblem } from "@/lib/auth/oidc/problem";
import { env } from "@/lib/env";
import { SsoButton } from "./sso-button";

type SsoPartProps = {
  next: string;
  /** The problem that the address names, as somebody may have typed it. */
  asked: string | string[] | undefined;
};

/** The way to the identity provider, where there is one, and what came of the last attempt. */
export async function SsoPart({ next, asked }: SsoPartProps) {
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
