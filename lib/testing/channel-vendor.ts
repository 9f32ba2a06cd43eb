import { Budget } from "@/lib/chat-api/budget";
import { ChatClient } from "@/lib/chat-api/client";

/** What the vendor says of a channel besides its id, or in place of the whole answer. */
type Row = Readonly<Record<string, unknown>>;

export type ChannelVendor = {
  readonly client: ChatClient;
  /** The ids of each call, in the order of the calls. */
  readonly calls: string[][];
};

/**
 * A client whose vendor says of each channel what the test says; a row under "envelope" answers the whole
 * call. What the test throws or leaves open, the connection does.
 */
export function channelVendor(rowOf: (channelId: string) => Row | Promise<Row>): ChannelVendor {
  const calls: string[][] = [];
  const client = new ChatClient({
    sdkAppId: 1400000001,
    adminId: "administrator",
    secretKey: "k".repeat(64),
    origins: ["https://vendor.example"],
    budget: new Budget(100_000),
    firstPause: 0,
    fetch: async (_, init) => {
      const { OfficialAccountIdList } = JSON.parse(init.body);
      const ids: string[] = OfficialAccountIdList.map(
        (entry: { Official_Account: string }) => entry.Official_Account,
      );
      calls.push(ids);
      const left = new Promise<never>((_, reject) =>
        init.signal.addEventListener("abort", () => reject(init.signal.reason)),
      );
      const asked = ids.map(async (id) => ({ Official_Account: id, ...(await rowOf(id)) }));
      const rows = await Promise.race([Promise.all(asked), left]);
      const whole = rows.find((row) => "envelope" in row) as { envelope?: object } | undefined;
      const answer = {
        ActionStatus: "OK",
        ErrorCode: 0,
        OfficialAccountInfoList: rows,
        ...whole?.envelope,
      };
      return { status: 200, body: new Blob([JSON.stringify(answer)]).stream() };
    },
  });
  return { client, calls };
}
