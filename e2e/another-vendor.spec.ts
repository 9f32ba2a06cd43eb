import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { signIn } from "./sign-in";

// The answer that the vendor's page shows, without CreateTime, as there.
const SAMPLE = {
  ActionStatus: "OK",
  ErrorInfo: "",
  ErrorCode: 0,
  TotalCount: 8,
  OfficialAccountInfoList: [
    {
      Name: "test_mill_subscriber_OA",
      Official_Account: "@TOA#_test_mill_subscriber_OA",
      Owner_Account: "107867",
      LastMsgTime: 1698894911,
      SubscriberNum: 499800,
      Introduction: "This is test Introduction",
      FaceUrl: "http://this.is.face.url",
      Organization: "Tencent",
      CustomString: "test_custom_string",
      SelfInfo: { SubscribeTime: 1700655351, CustomString: "" },
    },
  ],
  CompleteFlag: 1,
  Next: 0,
};

test("the same build works over another server that speaks the vendor's page", async ({
  apps,
  browser,
  openDesk,
  playwright,
}) => {
  // It starts a desk of its own.
  test.slow();
  const vendor = createServer((_, response) => {
    response.setHeader("content-type", "application/json; charset=utf-8");
    response.end(JSON.stringify(SAMPLE));
  }).listen(0, "127.0.0.1");
  await once(vendor, "listening");
  const { port } = vendor.address() as AddressInfo;
  const desk = await openDesk(apps, `http://127.0.0.1:${port}`);
  const storageState = await signIn(playwright.request, desk.url, "support");
  const context = await browser.newContext({ baseURL: desk.url, storageState });
  const lookup = new LookupPage(await context.newPage());

  await lookup.open("?subscriber=107867&fields=name,createdAt,customString,subscriberCustomString");
  await expect(lookup.rows).toHaveCount(1);
  await expect(lookup.rows.first()).toContainText("test_mill_subscriber_OA");
  await expect(lookup.rows.first()).toContainText("test_custom_string");
  const cell = (field: string) => lookup.rows.first().locator(`td[data-label="${field}"]`);
  await expect(cell("Created")).toContainText("not provided");
  await expect(cell("Subscriber custom data")).toContainText("not provided");
  await expect(lookup.alert).toHaveCount(0);

  await context.close();
  vendor.closeAllConnections();
  vendor.close();
});
