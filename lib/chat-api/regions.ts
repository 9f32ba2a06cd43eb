/** The hosts of each data region: the main one, and the backup for when its name does not resolve. */
const HOSTS = {
  china: ["console.tim.qq.com", "adminapi.my-imcloud.com"],
  singapore: ["adminapisgp.im.qcloud.com", "adminapisgp.my-imcloud.com"],
  seoul: ["adminapikr.im.qcloud.com", "adminapikr.my-imcloud.com"],
  tokyo: ["adminapijpn.im.qcloud.com", "adminapijpn.my-imcloud.com"],
  frankfurt: ["adminapiger.im.qcloud.com", "adminapiger.my-imcloud.com"],
  siliconvalley: ["adminapiusa.im.qcloud.com", "adminapiusa.my-imcloud.com"],
  jakarta: ["adminapiidn.im.qcloud.com", "adminapiidn.my-imcloud.com"],
} as const;

export type Region = keyof typeof HOSTS;

export const REGIONS = Object.keys(HOSTS) as Region[];

/** The https origins of a region, in the order in which to try them. */
export function regionOrigins(region: Region): string[] {
  return HOSTS[region].map((host) => `https://${host}`);
}
