import type { ChatApiError } from "./errors";

/** The hosts of each data region: the main one and its backup. */
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

/** Returns the https origins of a region, in the order to try them. */
export function regionOrigins(region: Region): string[] {
  return HOSTS[region].map((host) => `https://${host}`);
}

/** Consecutive failures after which the next host is used. */
const MAX_FAILURES = 2;

/**
 * Chooses the host of an app: the main one, and after two consecutive failures the next. Calls
 * return to the main host as soon as it answers a probe.
 */
export class Hosts {
  #current = 0;
  #failures = 0;
  #probeAt = 0;

  /**
   * @param origins at least one, the main one first
   * @param probePause milliseconds between two probes of the main host while another is used
   */
  constructor(
    private readonly origins: readonly string[],
    private readonly probePause: number,
  ) {}

  /** Returns the host for the next attempt. @param failed hosts that already failed this call */
  next(failed: ReadonlySet<string>): string {
    const ordered = this.origins.map((_, step) => this.#at(this.#current + step));
    return ordered.find((origin) => !failed.has(origin)) ?? this.#at(this.#current);
  }

  /** Records an answer of a host. */
  answered(origin: string): void {
    if (origin === this.#at(0)) this.#current = 0;
    if (origin === this.#at(this.#current)) this.#failures = 0;
  }

  /** Records a failure of a host, unless calls have already left it. */
  failed(origin: string): void {
    if (origin !== this.#at(this.#current)) return;
    this.#failures += 1;
    if (this.#failures < MAX_FAILURES) return;
    this.#current = (this.#current + 1) % this.origins.length;
    this.#failures = 0;
    this.#probeAt = performance.now() + this.probePause;
  }

  /** Returns the main host if a probe is due, and counts the probe; otherwise null. */
  takeProbe(): string | null {
    const now = performance.now();
    if (this.#current === 0 || now < this.#probeAt) return null;
    this.#probeAt = now + this.probePause;
    return this.#at(0);
  }

  #at(index: number): string {
    return this.origins[index % this.origins.length] ?? "";
  }
}

/** Returns whether an error means that the host is down, not that it refused the call. */
export function isHostFailure({ kind, status }: ChatApiError): boolean {
  return kind === "network" || kind === "timeout" || (kind === "http" && (status ?? 0) >= 500);
}
