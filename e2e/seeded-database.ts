/** The variable by which the runner tells its workers where the seeded database is. */
export const SEEDED_DATABASE = "CHANNEL_DESK_SEEDED_DATABASE";

/** Further people of every seeded database, of the role support: each for one journey that changes an account. */
export const OTHER_PEOPLE = ["ann", "bob", "cat", "dan", "eva", "gil", "hal", "ian"] as const;
