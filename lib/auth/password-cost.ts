/** What it takes to try one password: scrypt over 32 MiB, three times. */
export const PASSWORD_COST = { N: 2 ** 15, r: 8, p: 3 };
