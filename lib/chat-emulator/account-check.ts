import type { Command } from "./command";
import { isJsonObject } from "./json";
import { findPersona } from "./persona";
import { Refusal } from "./refusal";

const MOST_ACCOUNTS = 100;

/** account_check: which of the given user ids exist in the app. */
export const accountCheck: Command = ({ CheckItem: items }) => {
  if (!Array.isArray(items) || items.length === 0 || items.length > MOST_ACCOUNTS) {
    throw new Refusal(70402, `CheckItem should hold 1 to ${MOST_ACCOUNTS} accounts`);
  }
  return {
    fields: {
      ResultItem: items.map(userIdOf).map((UserID) => ({
        UserID,
        ResultCode: 0,
        ResultInfo: "",
        AccountStatus: findPersona(UserID) === null ? "NotImported" : "Imported",
      })),
    },
  };
};

function userIdOf(item: unknown): string {
  if (!isJsonObject(item) || item.UserID === undefined || item.UserID === "") {
    throw new Refusal(70402, "each account should be an object with UserID");
  }
  if (typeof item.UserID !== "string") throw new Refusal(60015);
  return item.UserID;
}
