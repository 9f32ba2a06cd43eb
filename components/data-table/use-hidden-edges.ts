import { type RefObject, useEffect } from "react";

/** Marks the region where columns are out of sight, before its left or after its right edge. */
export function useHiddenEdges(region: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    let hidden = 0;
    const mark = () => {
      element.toggleAttribute("data-more-before", element.scrollLeft > 0);
      element.toggleAttribute("data-more-after", element.scrollLeft < hidden - 1);
    };
    const observer = new ResizeObserver(() => {
      hidden = element.scrollWidth - element.clientWidth;
      mark();
    });
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    // Captured, before the rows change: the position is known without a layout then.
    const options = { passive: true, capture: true };
    element.addEventListener("scroll", mark, options);
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", mark, options);
    };
  }, [region]);
}
