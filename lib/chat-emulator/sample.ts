import type { Channel } from "./channel";

/** The channel of the vendor's sample response; the clock does not move it. */
export const sampleChannel: Channel = {
  Official_Account: "@TOA#_test_mill_subscriber_OA",
  Name: "test_mill_subscriber_OA",
  Owner_Account: "107867",
  Introduction: "This is test Introduction",
  Organization: "Tencent",
  CustomString: "test_custom_string",
  face: { url: "http://this.is.face.url" },
  subscribers: { count: 499_800, perDay: 0 },
  messages: { at: 1_698_894_911, every: 0 },
};

/** When the subscriber of the sample subscribed to that channel, in Unix seconds. */
export const SAMPLE_SUBSCRIBE_TIME = 1_700_655_351;
