import { Search } from "lucide-react";
import type { Metadata } from "next";
import Form from "next/form";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FailureText } from "@/components/action/failure";
import { ClientMessages } from "@/components/client-messages";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { requirePermission } from "@/lib/auth/require";
import { env } from "@/lib/env";
import type { PeoplePage as Listed } from "@/lib/people/list-people";
import { EndAllButton, InviteButton } from "./dialogs";
import { PeoplePages, PeopleTable } from "./people-table";
import type { Viewer } from "./person-drawer";
import { readPeople } from "./read-people";
import { loadPeopleParams, type PeopleParams, serializePeople } from "./search-params";

type PeoplePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pages");
  return { title: t("people") };
}

/** The users of the desk: their roles and whether they can sign in. */
export default async function PeoplePage({ searchParams }: PeoplePageProps) {
  const user = await requirePermission("people");
  const params = await loadPeopleParams(searchParams);
  const { q: search, offset, size } = params;
  const [t, answer] = await Promise.all([
    getTranslations("people"),
    readPeople({ search, offset, size }),
  ]);
  const { localAccounts, oidc } = env();
  return (
    <ClientMessages namespaces={["people", "roles", "failed", "table"]}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="mr-auto font-semibold text-title">{t("title")}</h1>
          <EndAllButton />
          {localAccounts && <InviteButton />}
        </div>
        {!localAccounts && <p className="text-muted">{t("noPasswords")}</p>}
        <SearchForm search={search} />
        {answer.ok ? (
          <People
            page={answer.value}
            params={params}
            viewer={{ ownId: user.id, localAccounts, provider: oidc?.name ?? null }}
          />
        ) : (
          <Alert>
            <FailureText failure={answer.failure} />
          </Alert>
        )}
      </div>
    </ClientMessages>
  );
}

type PeopleProps = { page: Listed; params: PeopleParams; viewer: Viewer };

async function People({ page: { people, total }, params, viewer }: PeopleProps) {
  const t = await getTranslations("people");
  if (total === 0) return <p className="text-muted">{t("noMatch", { search: params.q })}</p>;
  // Fewer people match now than when the link was created.
  if (people.length === 0) redirect(serializePeople("/people", { ...params, offset: 0 }));
  return (
    <>
      <PeopleTable people={people} readAt={new Date()} viewer={viewer} />
      <PeoplePages shown={people.length} total={total} params={params} />
    </>
  );
}

/** Finds people by part of the name or address. The result has its own URL. */
async function SearchForm({ search }: { search: string }) {
  const t = await getTranslations("people");
  return (
    <Form action="/people" role="search" className="flex max-w-110 gap-2">
      <Input
        // Another URL brings another text.
        key={search}
        type="search"
        name="q"
        aria-label={t("search")}
        placeholder={t("search")}
        defaultValue={search}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
      />
      <Button type="submit">
        <Search aria-hidden className="size-4" />
        {t("find")}
      </Button>
    </Form>
  );
}
