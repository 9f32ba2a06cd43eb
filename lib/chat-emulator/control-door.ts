import type { Api } from "./api";
import { parseJson } from "./json";
import { personas } from "./personas";
import { parseSettings } from "./settings";

interface ControlAnswer {
  readonly status: number;
  readonly value: unknown;
}

/** Answers `/emulator/…`: what was called, who can be looked up, how it behaves. */
export function control(door: string, text: string, api: Api): ControlAnswer {
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
