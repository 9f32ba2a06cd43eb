/** The variable by which the runner tells its workers where the seeded store is. */
export const SEEDED_STORE = "CHANNEL_DESK_SEEDED_STORE";

/** Further people of every seeded store, of the role support: each for one journey that changes an account. */
export const OTHER_PEOPLE = ["ann", "bob", "cat", "dan", "eva", "gil", "hal", "ian"] as const;
