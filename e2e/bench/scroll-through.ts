export type ScrollReport = {
  /** Milliseconds between two frames. */
  readonly frames: readonly number[];
  /** Tasks of more than 50 ms. */
  readonly longTasks: number;
  /** Frames in which a part of the region showed no row. */
  readonly blankFrames: number;
  /** The last row of the table, as it counts itself. */
  readonly lastRow: string | null;
};

/** Runs in a page: scrolls a table's region to its end, so many pixels a frame, and looks at each frame. */
export function scrollThrough(region: HTMLElement, step: number): Promise<ScrollReport> {
  const frames: number[] = [];
  let longTasks = 0;
  let blankFrames = 0;
  let before: number | null = null;
  const observer = new PerformanceObserver((list) => {
    longTasks += list.getEntries().length;
  });
  observer.observe({ type: "longtask" });

  /** Pixels of the region, below the header that stays, that rows cover. */
  const isCovered = () => {
    const { top, bottom } = region.getBoundingClientRect();
    const from = Math.max(top, region.querySelector("th")?.getBoundingClientRect().bottom ?? top);
    const to = Math.min(bottom, innerHeight);
    let covered = 0;
    for (const row of region.querySelectorAll("tbody tr[aria-rowindex]")) {
      const box = row.getBoundingClientRect();
      covered += Math.max(0, Math.min(box.bottom, to) - Math.max(box.top, from));
    }
    // The borders of the region itself.
    return covered >= to - from - 3;
  };

  return new Promise((resolve) => {
    const turn = (now: number) => {
      if (before !== null) frames.push(now - before);
      before = now;
      region.scrollTop += step;
      if (!isCovered()) blankFrames += 1;
      if (region.scrollTop + region.clientHeight < region.scrollHeight - 1) {
        requestAnimationFrame(turn);
        return;
      }
      requestAnimationFrame(() => {
        observer.disconnect();
        const last = [...region.querySelectorAll("tbody tr[aria-rowindex]")].at(-1);
        resolve({
          frames,
          longTasks,
          blankFrames,
          lastRow: last?.getAttribute("aria-rowindex") ?? null,
        });
      });
    };
    requestAnimationFrame(turn);
  });
}
