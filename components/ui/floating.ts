/** The look of whatever floats above the page. */
export const floating =
  "z-40 max-w-[calc(100vw-1rem)] rounded-control border border-transparent bg-raised text-ink shadow-float";
