type Shape = "circle" | "square" | "triangle" | "diamond" | "cross";

/** Lines differ in colour, dash and shape, so that nobody depends on colour. */
type Look = {
  /** A text colour class. The canvas reads the colour from an element with it. */
  readonly colour: string;
  /** Dash pattern in pixels; empty for a solid line. */
  readonly dash: readonly number[];
  readonly shape: Shape;
};

/** One for each line a chart can have. */
export const LOOKS: readonly [Look, ...Look[]] = [
  { colour: "text-accent-ink", dash: [], shape: "circle" },
  { colour: "text-mark-2", dash: [8, 4], shape: "square" },
  { colour: "text-mark-1", dash: [2, 4], shape: "triangle" },
  { colour: "text-mark-3", dash: [12, 4, 2, 4], shape: "diamond" },
  { colour: "text-mark-6", dash: [5, 5], shape: "cross" },
];

export function lookOf(place: number): Look {
  return LOOKS[place % LOOKS.length] ?? LOOKS[0];
}

/** Half the height of a shape, in pixels. */
export const REACH = 4;

/** Path of each shape around the origin, for SVG and canvas. */
export const OUTLINES: Readonly<Record<Shape, string>> = {
  circle: "M-3.5,0a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0Z",
  square: "M-3.2,-3.2H3.2V3.2H-3.2Z",
  triangle: "M0,-4L4,3.2H-4Z",
  diamond: "M0,-4.5L4.5,0L0,4.5L-4.5,0Z",
  cross: "M-3.5,-3.5L3.5,3.5M3.5,-3.5L-3.5,3.5",
};

/** A sample of a chart line for the legend and the table header. */
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

/** The legend sample of a message mark. */
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

/** The legend sample of the range band. */
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
