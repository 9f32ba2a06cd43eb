import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { rawVendor } from "./raw-vendor";
import type { Stage } from "./stage";

/** The least that could answer a deep link: one raw call, and its rows as a table without anything else. */
export async function serveBarePage(stage: Stage): Promise<{ url: string; close: () => void }> {
  const call = rawVendor(stage);
  const server = createServer(async (_, response) => {
    const page = await call({ Subscriber_Account: "follows-10000", Offset: 5000, Limit: 50 });
    const rows = page.OfficialAccountInfoList.map(
      (channel, index) =>
        `<tr aria-rowindex=${5002 + index}>${Object.values(channel)
          .map((value) => `<td>${value}</td>`)
          .join("")}</tr>`,
    );
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<main><table aria-busy=false><tbody>${rows.join("")}</table></main>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port always has an address of this shape.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
