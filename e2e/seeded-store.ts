/** The variable by which the runner tells its workers where the seeded store is. */
export const SEEDED_STORE = "CHANNEL_DESK_SEEDED_STORE";
