export type Shape = "circle" | "square" | "triangle" | "diamond" | "cross";

/** How one line differs from the others, whatever colours somebody can tell apart. */
export type Look = {
  /** A class of a text colour: what a canvas draws with is read from an element that has it. */
  readonly colour: string;
  /** Lengths of line and pause, in pixels; none of an unbroken line. */
  readonly dash: readonly number[];
  readonly shape: Shape;
};

/** For as many lines as a chart may have, the first one first. */
const LOOKS: readonly [Look, ...Look[]] = [
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

/** A shape around the origin as a path that SVG and a canvas draw alike. */
export const OUTLINES: Readonly<Record<Shape, string>> = {
  circle: "M-3.5,0a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0Z",
  square: "M-3.2,-3.2H3.2V3.2H-3.2Z",
  triangle: "M0,-4L4,3.2H-4Z",
  diamond: "M0,-4.5L4.5,0L0,4.5L-4.5,0Z",
  cross: "M-3.5,-3.5L3.5,3.5M3.5,-3.5L-3.5,3.5",
};
