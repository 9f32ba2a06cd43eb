import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

// Every other journey relies on this.
test("errors, dialogs and policy violations are noticed", async ({ page, incidents }) => {
  await new LookupPage(page).open();
  await page.evaluate(() => {
    const script = document.createElement("div");
    script.innerHTML = '<img src="data:," onerror="window.hacked = 1">';
    document.body.append(script);
    console.error("planted error");
    setTimeout(() => {
      throw new Error("planted throw");
    });
  });
  for (const noticed of ["planted error", "planted throw", "policy: script-src-attr"]) {
    await expect.poll(() => incidents.join("\n")).toContain(noticed);
  }
  await page.evaluate(() => alert("planted dialog"));
  await expect.poll(() => incidents.join("\n")).toContain("dialog: planted dialog");
  expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
  incidents.length = 0;
});

test("they are noticed in a context of the test's own too", async ({
  browser,
  desk,
  incidents,
}) => {
  const context = await browser.newContext({ baseURL: desk.url });
  const page = await context.newPage();
  await new LookupPage(page).open();
  await page.evaluate(() => {
    document.body.innerHTML = '<iframe src="https://evil.example/"></iframe>';
  });
  await expect.poll(() => incidents.join("\n")).toContain("policy: frame-src https://evil.example");
  await context.close();
  incidents.length = 0;
});
