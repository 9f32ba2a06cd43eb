import { encode } from "uqr";
import type { User } from "@/lib/auth/accounts";
import { newTotpSecret, totpUri } from "@/lib/auth/one-time-codes";
import { seal, unseal } from "@/lib/auth/seal";
import type { Secret } from "@/lib/secret";

/** What an authenticator app needs. The browser sends the ticket back with the first code. */
export type CodesSetup = {
  /** In groups of four letters, for typing. */
  readonly secret: string;
  readonly picture: QrPicture;
  /** The secret, sealed for its account: the server stores nothing until the first code. */
  readonly ticket: string;
};

/** The size of the square in modules, and an SVG path of the dark ones. */
export type QrPicture = { readonly size: number; readonly path: string };

// Sealed for another purpose than the stored secret, so that neither can replace the other.
const sealedFor = (accountId: string) => `${accountId} setup`;

export function newCodesSetup(
  { id, email }: Pick<User, "id" | "email">,
  authSecret: Secret,
): CodesSetup {
  const secret = newTotpSecret();
  return {
    secret: secret.replace(/(.{4})(?=.)/g, "$1 "),
    picture: qrPicture(totpUri(secret, email)),
    ticket: seal(secret, sealedFor(id), authSecret),
  };
}

/** Returns the secret that this desk created for the account, or null. */
export function readSetupTicket(
  ticket: string,
  { id }: Pick<User, "id">,
  authSecret: Secret,
): string | null {
  return unseal(ticket, sealedFor(id), authSecret);
}

function qrPicture(text: string): QrPicture {
  // Four modules of quiet zone, so that cameras find the edge.
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  const dark = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { size, path: dark.join("") };
}
