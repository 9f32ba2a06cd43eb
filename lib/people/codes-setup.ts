import { encode } from "uqr";
import type { User } from "@/lib/auth/accounts";
import { newTotpSecret, totpUri } from "@/lib/auth/one-time-codes";
import { seal, unseal } from "@/lib/auth/seal";
import type { Secret } from "@/lib/secret";

/** What an app that makes one-time codes is given, and what the browser brings back with the first one. */
export type CodesSetup = {
  /** In groups of four letters, for who cannot point a camera at it. */
  readonly secret: string;
  readonly picture: QrPicture;
  /** The secret, sealed for its account: the server keeps nothing until it is confirmed. */
  readonly ticket: string;
};

/** A square of modules and an SVG path of those that are dark. */
export type QrPicture = { readonly size: number; readonly path: string };

// Sealed for another purpose than what is stored, so that neither can stand for the other.
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

/** The secret that this desk made for the account; null when it is not one. */
export function readSetupTicket(
  ticket: string,
  { id }: Pick<User, "id">,
  authSecret: Secret,
): string | null {
  return unseal(ticket, sealedFor(id), authSecret);
}

function qrPicture(text: string): QrPicture {
  // Four modules of quiet zone, by which cameras find the edge.
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  const dark = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { size, path: dark.join("") };
}
