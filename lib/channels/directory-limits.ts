/** Channels that one statement looks at: the embedded store is busy with it for all of its time. */
export const SLICE = 20_000;

/**
 * Up to this place in the order a slice gives but its first channels. Beyond, they are put in order here:
 * the embedded store takes longer for it than for giving them all.
 */
export const NEAR = 2000;
