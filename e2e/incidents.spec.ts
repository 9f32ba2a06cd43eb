import { expect, test } from "./fixtures";

// Every other journey trusts that these are noticed.
test("what no journey may cause is noticed", async ({ page, incidents }) => {
  await page.goto("/lookup");
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
