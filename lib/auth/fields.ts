import { FIELDS, type Field } from "@/lib/chat-api/types";
import type { Role } from "./permissions";

/** What somebody said about one subscriber is for those who talk with that subscriber. */
const HIDDEN: Readonly<Record<Role, readonly Field[]>> = {
  support: [],
  product: ["subscriberCustomString"],
  admin: [],
};

/** The fields a role may see, in the vendor's order. What is not among them is never asked for. */
export function visibleFields(role: Role): readonly Field[] {
  return FIELDS.filter((field) => !HIDDEN[role].includes(field));
}
