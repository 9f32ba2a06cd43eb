/**
 * The look of what floats above the page. Outside of the popover, whose library would otherwise be part of every
 * first load.
 */
export const floating =
  "z-40 max-w-[calc(100vw-1rem)] rounded-control border border-transparent bg-raised text-ink shadow-float";
