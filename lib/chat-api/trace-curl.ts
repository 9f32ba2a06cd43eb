type CurlCall = {
  readonly origin: string;
  readonly path: string;
  readonly sdkAppId: number;
  readonly body: string;
};

/** The same call as a line for a POSIX shell. Who signs, and the signature, are left to the reader. */
export function curlLine({ origin, path, sdkAppId, body }: CurlCall): string {
  const address =
    `"${inDoubleQuotes(origin + path)}?sdkappid=${sdkAppId}&identifier=$ADMIN_ID` +
    `&usersig=$USERSIG&random=$RANDOM&contenttype=json"`;
  return [
    `curl -sS -X POST ${address}`,
    `  -H 'Content-Type: application/json'`,
    `  --data-raw ${inSingleQuotes(body)}`,
  ].join(" \\\n");
}

function inDoubleQuotes(text: string): string {
  return text.replace(/[\\"$`]/g, "\\$&");
}

function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
