/** The look of what floats above the page. Apart from the popover, which is loaded later. */
export const floating =
  "z-40 max-w-[calc(100vw-1rem)] rounded-control border border-transparent bg-raised text-ink shadow-float";
