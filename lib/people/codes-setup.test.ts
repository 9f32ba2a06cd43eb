import { encode } from "uqr";
import { expect, test } from "vitest";
import { totpUri } from "@/lib/auth/one-time-codes";
import { Secret } from "@/lib/secret";
import { newCodesSetup, readSetupTicket } from "./codes-setup";

const KEY = new Secret("k".repeat(48));
const OPTIONS = { ecc: "M", border: 4 } as const;
const ann = { id: "00000000-0000-4000-8000-000000000001", email: "ann@example.com" };

test("each setup has a secret of its own, to read and to photograph", () => {
  const setup = newCodesSetup(ann, KEY);
  expect(setup.secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  expect(newCodesSetup(ann, KEY).secret).not.toBe(setup.secret);

  const { size, data } = encode(totpUri(setup.secret.replaceAll(" ", ""), ann.email), OPTIONS);
  const drawn = new Set(setup.picture.path.match(/M\d+ \d+/g));
  const dark = data.flatMap((row, y) => row.flatMap((is, x) => (is ? [`M${x} ${y}`] : [])));
  expect(setup.picture.size).toBe(size);
  expect(drawn).toEqual(new Set(dark));
});

test("a ticket is worth something to its account and this desk only, and does not show the secret", () => {
  const { secret, ticket } = newCodesSetup(ann, KEY);
  const plain = secret.replaceAll(" ", "");
  expect(ticket).not.toContain(plain);
  expect(readSetupTicket(ticket, ann, KEY)).toBe(plain);
  expect(readSetupTicket(ticket, { id: "another" }, KEY)).toBeNull();
  expect(readSetupTicket(ticket, ann, new Secret("l".repeat(48)))).toBeNull();
  expect(readSetupTicket(ticket.slice(0, -4), ann, KEY)).toBeNull();
  expect(readSetupTicket("", ann, KEY)).toBeNull();
});
