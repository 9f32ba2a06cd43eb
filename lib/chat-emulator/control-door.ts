import type { Api } from "./api";
import { sendCallback, setTarget } from "./callback-door";
import { parseJson } from "./json";
import { personas } from "./personas";
import { parseSettings } from "./settings";

export interface ControlAnswer {
  readonly status: number;
  readonly value: unknown;
}

/** Answers `/emulator/…`: what was called, who can be looked up, how it behaves. */
export async function control(
  door: string,
  text: string,
  api: Api,
  origin: string,
): Promise<ControlAnswer> {
  switch (door) {
    case "GET /emulator/calls":
      return { status: 200, value: api.calls };
    case "DELETE /emulator/calls":
      api.calls.length = 0;
      return { status: 200, value: api.calls };
    case "PUT /emulator/settings":
      return changeSettings(text, api);
    case "GET /emulator/personas":
      return { status: 200, value: personas.map(({ id, shows }) => ({ id, shows })) };
    case "PUT /emulator/callbacks":
      return setTarget(text, api);
    case "POST /emulator/callbacks/send":
      return sendCallback(text, api, origin);
    default:
      return { status: 404, value: { error: `There is no ${door}.` } };
  }
}

function changeSettings(text: string, api: Api): ControlAnswer {
  const changes = parseSettings(parseJson(text));
  if (typeof changes === "string") return { status: 400, value: { error: changes } };
  api.set(changes);
  return { status: 200, value: api.settings };
}
