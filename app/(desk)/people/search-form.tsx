import { Search } from "lucide-react";
import Form from "next/form";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** Finds people by a part of the name or the address; the answer is an address of its own. */
export async function SearchForm({ search }: { search: string }) {
  const t = await getTranslations("people");
  return (
    <Form action="/people" role="search" className="flex max-w-110 gap-2">
      <Input
        // Another address brings another text.
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
