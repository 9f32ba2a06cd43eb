import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/client-messages";
import { shownFields } from "@/lib/auth/fields";
import { requirePermission } from "@/lib/auth/require";
import { chatAppLabels } from "@/lib/chat";
import { env } from "@/lib/env";
import { BulkScreen } from "./bulk-screen";

type BulkPageProps = { searchParams: Promise<{ app?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pages");
  return { title: t("bulk") };
}

/** Looks up several subscribers. The address holds the app alone. */
export default async function BulkPage({ searchParams }: BulkPageProps) {
  const { role } = await requirePermission("bulk");
  const [[asked], t] = await Promise.all([
    searchParams.then(({ app }) => [app].flat()),
    getTranslations("pages"),
  ]);
  const app = asked || chatAppLabels()[0]?.slug || "";
  const withNames = shownFields(env().fieldPolicy, role).includes("name");
  return (
    <ClientMessages
      namespaces={["bulk", "paste", "membership", "lookup", "table", "export", "failed"]}
    >
      <h1 className="sr-only">{t("bulk")}</h1>
      <div className={SCREEN}>
        <BulkScreen {...{ app, role, withNames }} />
      </div>
    </ClientMessages>
  );
}

// As high as the window, so that the table fills the rest, but never too low for some rows.
const SCREEN =
  "flex min-w-0 flex-col gap-4 sm:h-[max(calc(100dvh-5.5rem-1px),44rem)] print:block print:h-auto!";
