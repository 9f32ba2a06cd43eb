import { eq } from "drizzle-orm";
import { addSamplePeople } from "@/lib/cli/sample-people";
import { accounts } from "@/lib/db/schema";
import { openStore, type Store } from "@/lib/db/store";
import { Secret } from "@/lib/secret";
import { startPostgres } from "@/lib/testing/postgres";
import { createDatabase } from "@/lib/testing/stores";
import { expect, test } from "./fixtures";
import { LookupPage, listRequests } from "./lookup-page";
import { signIn } from "./sign-in";

type Database = { readonly url: string; readonly store: Store };

const testOnPostgres = test.extend<{ database: Database }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads what a fixture needs from here
  database: async ({}, use) => {
    const server = await startPostgres();
    const url = await createDatabase(server.url);
    const { store, close } = await openStore({ kind: "postgres", url: new Secret(url) });
    await addSamplePeople(store);
    await use({ url, store });
    await close();
    await server.stop();
  },
});

testOnPostgres(
  "a changed role and a disabled account act on the next request",
  async ({ database, apps, browser, emulator, gateway, openDesk, playwright }) => {
    const { store } = database;
    const support = eq(accounts.email, "support@demo.test");
    const desk = await openDesk(apps, gateway.url, {
      DATABASE_URL: database.url,
    });
    const storageState = await signIn(playwright.request, desk.url, "support");
    const context = await browser.newContext({ baseURL: desk.url, storageState });
    const page = await context.newPage();
    const lookup = new LookupPage(page);

    const query = "?subscriber=107867&fields=name,subscribedAt,subscriberCustomString";
    await lookup.open(query);
    await expect(lookup.headers).toHaveCount(4);
    await store.update(accounts).set({ role: "product" }).where(support);
    await lookup.refresh.click();
    await expect.poll(() => listRequests(emulator)).toHaveLength(2);
    expect(listRequests(emulator).map((request) => request.ResponseFilter.SelfInfoFilter)).toEqual([
      ["SubscribeTime", "CustomString"],
      ["SubscribeTime"],
    ]);
    await lookup.open(query);
    await expect(lookup.headers).toHaveText(["Channel", "Channel ID", "Subscribed since"]);

    await store.update(accounts).set({ disabledAt: new Date() }).where(support);
    await lookup.lookUp("follows-1");
    await expect(lookup.alert).toContainText("Your session has ended.");
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await expect(page.getByRole("textbox", { name: "Password" })).toBeVisible();

    await context.close();
  },
);
