/** In a page: keeps what waits for the next frame from running, until `showFrame`. */
export function holdFrames(): void {
  const held: FrameRequestCallback[] = [];
  const request = window.requestAnimationFrame;
  window.requestAnimationFrame = (callback) => held.push(callback);
  addEventListener("frame", () => {
    window.requestAnimationFrame = request;
    for (const callback of held) request(callback);
  });
}

/** In the same page. */
export function showFrame(): void {
  dispatchEvent(new Event("frame"));
}
