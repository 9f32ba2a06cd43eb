import { lookOf, OUTLINES } from "./look";

/** A piece of a chart's line, as its legend and the head of its table show it. */
export function LineMark({ place }: { place: number }) {
  const { colour, dash, shape } = lookOf(place);
  return (
    <svg
      aria-hidden="true"
      viewBox="-16 -6 32 12"
      className={`inline-block h-3 w-8 shrink-0 ${colour}`}
      stroke="currentColor"
      strokeWidth="2"
    >
      <path d="M-16,0H16" strokeDasharray={dash.join(" ")} />
      <path d={OUTLINES[shape]} fill="currentColor" />
    </svg>
  );
}

/** The mark of a moment at the foot of a chart. */
export function MomentMark() {
  return (
    <svg
      aria-hidden="true"
      viewBox="-3 -6 6 12"
      className="inline-block h-3 w-1.5 shrink-0 text-warn"
      stroke="currentColor"
      strokeWidth="2"
    >
      <path d="M0,-5V5" />
    </svg>
  );
}

/** The least and the most behind a chart's line. */
export function BandMark() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 32 12"
      className={`inline-block h-3 w-8 shrink-0 ${lookOf(0).colour}`}
    >
      <path d="M0,1H32V11H0Z" fill="currentColor" opacity="0.25" />
    </svg>
  );
}
