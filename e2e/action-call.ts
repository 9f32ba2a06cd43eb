import type { Desk } from "./desk";
import { builtActions } from "./doors";

/** Calls a server action as the framework's script does, by the name the table of doors gives it. */
export function callByHand(
  { url }: Pick<Desk, "url">,
  { name, page, input }: { readonly name: string; readonly page: string; readonly input: unknown },
  heads: Readonly<Record<string, string>>,
): Promise<Response> {
  const id = builtActions().get(name);
  if (id === undefined) throw new Error(`The build has no action ${name}.`);
  return fetch(url + page, {
    method: "POST",
    headers: {
      ...heads,
      "next-action": id,
      "content-type": "text/plain;charset=UTF-8",
      accept: "text/x-component",
      "sec-fetch-mode": "cors",
    },
    body: JSON.stringify([input]),
    redirect: "manual",
  });
}
