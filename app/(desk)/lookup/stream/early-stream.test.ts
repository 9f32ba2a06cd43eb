// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from "vitest";
import { dropEarlyStream, earlyStreamScript, takeEarlyStream } from "./early-stream";

const address = "/lookup/stream?app=demo&subscriber=%3C%2Fscript%3E";

/** Runs the script as a page would; gives the signal of its request. */
function begin(response = Promise.resolve(new Response("{}"))): AbortSignal {
  const fetch = vi.fn((..._: [string, RequestInit]) => response);
  vi.stubGlobal("fetch", fetch);
  new Function(earlyStreamScript(address))();
  expect(fetch).toHaveBeenCalledExactlyOnceWith(address, expect.anything());
  const signal = fetch.mock.calls[0]?.[1].signal;
  if (!signal) throw new Error("The request has no signal.");
  return signal;
}

afterEach(() => {
  dropEarlyStream();
  vi.unstubAllGlobals();
});

describe("the early stream", () => {
  it("is taken once, by the list of its address", async () => {
    begin();
    const { signal } = new AbortController();
    expect(await takeEarlyStream(address, signal)?.then((response) => response.text())).toBe("{}");
    expect(takeEarlyStream(address, signal)).toBeNull();
  });

  it("ends with the reading that took it", () => {
    const request = begin();
    const reading = new AbortController();
    void takeEarlyStream(address, reading.signal);
    expect(request.aborted).toBe(false);
    reading.abort();
    expect(request.aborted).toBe(true);
  });

  it("ends when another list is read, or none", () => {
    const first = begin();
    expect(takeEarlyStream(`${address}2`, new AbortController().signal)).toBeNull();
    expect(first.aborted).toBe(true);
    const second = begin();
    dropEarlyStream();
    expect(second.aborted).toBe(true);
  });

  it("is for nobody whose reading has ended", () => {
    const request = begin();
    expect(takeEarlyStream(address, AbortSignal.abort())).toBeNull();
    expect(request.aborted).toBe(true);
  });

  it("cannot end its script", () => {
    expect(earlyStreamScript("</script>")).not.toContain("</script>");
  });

  it("leaves a failure to the list that takes it", async () => {
    begin(Promise.reject(new TypeError("no network")));
    await expect(takeEarlyStream(address, new AbortController().signal)).rejects.toThrow(
      "no network",
    );
  });
});
