import { isLoopback } from "@/lib/http/provenance";

/** What is to be said at the start where passwords and sessions could be read on their way; else null. */
export function openTransport({ protocol, hostname }: URL): string | null {
  if (protocol === "https:" || isLoopback(hostname)) return null;
  return "APP_URL is http: passwords and sessions can be read on their way. Set it to the https address of a proxy with TLS.";
}
