import { isJsonObject, parseJson } from "./json";

/** An app of the vendor's console: its number, its one administrator and its key. */
export interface App {
  readonly sdkAppId: number;
  readonly adminId: string;
  readonly secretKey: string;
}

/** Apps from a JSON text, or null when it is not a filled array of them. */
export function parseApps(text: string): App[] | null {
  const value = parseJson(text);
  return Array.isArray(value) && value.length > 0 && value.every(isApp) ? value : null;
}

function isApp(value: unknown): value is App {
  return (
    isJsonObject(value) &&
    Number.isSafeInteger(value.sdkAppId) &&
    Number(value.sdkAppId) > 0 &&
    isFilledText(value.adminId) &&
    isFilledText(value.secretKey)
  );
}

function isFilledText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
