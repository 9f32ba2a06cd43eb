import { PASSWORD_COST } from "@/lib/auth/password";

/** Hashed at a cost that tests with many sign-ins can pay. */
export const CHEAP_PASSWORD = "password";

/** scrypt of it with salt "saltsaltsaltsalt", N=1024, r=8, p=1, by OpenSSL. */
export const CHEAP_PASSWORD_HASH =
  "$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$BVMRKqdiVYikKAaPR1wucsKUKvw4TuPLkdEYtoSHas4";

// For tests that choose and try many passwords.
Object.assign(PASSWORD_COST, { N: 2 ** 10, r: 8, p: 1 });
