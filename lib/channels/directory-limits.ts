/** Channels that one statement looks at: the embedded store is busy with it for all of its time. */
export const SLICE = 10_000;

/**
 * Up to this place in the order a slice gives its first channels. Beyond, the embedded store takes longer
 * to put them in order than to give those between two values.
 */
export const NEAR = 2000;

/** One channel of so many is in a sample that tells where a place in the order is. */
export const SAMPLED = 50;

/** For how many times its usual error a sample is not believed: beyond, it misleads once in ten thousand. */
export const MARGIN = 4;
