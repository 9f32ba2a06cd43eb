import type { Database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { failure, type Result, success } from "@/lib/result";
import { type Credentials, getCredentials, normaliseEmail, type User } from "./accounts";
import { knownDevice } from "./cookies";
import { type CodeKind, isOneTimeCode, spendCode } from "./one-time-codes";
import { verifyPassword } from "./password";
import {
  type Admission,
  type Attempt,
  admitAttempt,
  admitCode,
  type CodeGuesser,
  forgiveAttempt,
  giveBackAttempt,
} from "./throttle";

type Refusal =
  /** `code`: the password is right and a code is required. */
  | { readonly kind: "credentials" | "disabled" | "code" | "wrongCode" }
  | { readonly kind: "wait"; readonly seconds: number };

export type SignInFailure = Refusal & {
  /** Null if no account has the address: it may be a password in the wrong field. */
  readonly email: string | null;
};

/** How the person has signed in, and a digest of the checked password and codes. */
export type Proof = {
  readonly way: "password" | `password+${CodeKind}`;
  readonly secretsDigest: string;
};

export type SignedIn = { readonly user: User; readonly proof: Proof };

export type SignInAttempt = {
  readonly email: string;
  readonly password: string;
  readonly code: string | null;
  readonly address: string;
  /** The cookie of a known browser. */
  readonly device: string | undefined;
};

const BUSY: Refusal = { kind: "wait", seconds: 5 };

// A recovery code cannot be guessed, and owners need it while others' guesses at one-time codes are
// throttled.
const UNCOUNTED: Admission = { admitted: true, attempt: [] };

/** Limits how many costly tasks run and wait at once. The queue of urgent tasks goes first. */
export class WorkQueue {
  #running = 0;
  readonly #urgent: (() => void)[] = [];
  readonly #others: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly longestLine: number,
  ) {}

  /** Runs a task in its turn. Returns `busy` at once if the queue is full. */
  async run<Value>(isUrgent: boolean, work: () => Promise<Value>): Promise<Result<Value, "busy">> {
    const line = isUrgent ? this.#urgent : this.#others;
    if (this.#running < this.atOnce) this.#running++;
    else if (line.length >= this.longestLine) return failure("busy");
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return success(await work());
    } finally {
      // The next task takes over this slot.
      const next = this.#urgent.shift() ?? this.#others.shift();
      if (next) next();
      else this.#running--;
    }
  }
}

// Each check takes 32 MiB and one of the server's four threads for files, names and passwords.
const verifications = new WorkQueue(2, 20);

/** Checks an address, a password and a code. Throttled attempts are refused unchecked. */
export async function signIn(
  db: Database,
  attempt: SignInAttempt,
  now: Date,
): Promise<Result<SignedIn, SignInFailure>> {
  const found = await getCredentials(db, attempt.email);
  const owner = found && { accountId: found.user.id, secretsDigest: found.secretsDigest };
  const deviceId = owner && knownDevice(attempt.device, owner, env().authSecret, now);
  const result = await check(db, attempt, { found, deviceId }, now);
  if (result.ok) return result;
  return failure({ ...result.failure, email: found?.user.email ?? null });
}

type Known = { readonly found: Credentials | null; readonly deviceId: string | null };

async function check(
  db: Database,
  { email, address, password, code }: SignInAttempt,
  { found, deviceId }: Known,
  now: Date,
): Promise<Result<SignedIn, Refusal>> {
  const guesser = { email: normaliseEmail(email), address, deviceId };
  const admission = await admitAttempt(db, guesser, now);
  if (!admission.admitted) return failure({ kind: "wait", seconds: admission.waitSeconds });
  const { attempt } = admission;

  const isRight = await verifications.run(deviceId !== null, () =>
    verifyPassword(password, found?.passwordHash ?? null),
  );
  if (!isRight.ok) {
    await giveBackAttempt(db, attempt);
    return failure(BUSY);
  }
  if (found === null || !isRight.value) return failure({ kind: "credentials" });
  const { user, secretsDigest, isDisabled, hasCodes } = found;
  if (isDisabled) return failure({ kind: "disabled" });
  let way: Proof["way"] = "password";
  if (hasCodes) {
    const kind = await checkCode(db, { accountId: user.id, deviceId }, code, attempt, now);
    if (!kind.ok) return kind;
    way = `password+${kind.value}`;
  }
  await forgiveAttempt(db, attempt);
  return success({ user, proof: { way, secretsDigest } });
}

// Until a code is checked the attempt is given back, not forgiven. Otherwise anyone with the
// password could clear the counter between guesses at the code.
async function checkCode(
  db: Database,
  guesser: CodeGuesser,
  code: string | null,
  attempt: Attempt,
  now: Date,
): Promise<Result<CodeKind, Refusal>> {
  if (code === null) {
    await giveBackAttempt(db, attempt);
    return failure({ kind: "code" });
  }
  const admission = isOneTimeCode(code) ? await admitCode(db, guesser, now) : UNCOUNTED;
  if (!admission.admitted) {
    await giveBackAttempt(db, attempt);
    return failure({ kind: "wait", seconds: admission.waitSeconds });
  }
  const kind = await spendCode(db, guesser.accountId, code, now);
  if (kind === null) return failure({ kind: "wrongCode" });
  await forgiveAttempt(db, admission.attempt);
  return success(kind);
}
