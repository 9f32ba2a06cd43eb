import { getProviders, signIn } from "next-auth/react";

export type Problem =
  | { kind: "wrong" }
  /** The password is right and a code is required. */
  | { kind: "code" }
  | { kind: "wrongCode" }
  /** Too many wrong codes today. Recovery codes still work. */
  | { kind: "codesSpent" }
  | { kind: "wait"; seconds: number }
  | { kind: "unreachable" }
  | { kind: "failed" };

type Input = { email: string; password: string; code: string };

/** Tries to sign in. Returns null, or the problem. */
export async function attemptSignIn(given: Input): Promise<Problem | null> {
  try {
    // Without an answer here, signIn would navigate to an unreachable page.
    if (!(await getProviders())) return { kind: "unreachable" };
    const response = await signIn("credentials", { ...given, redirect: false });
    return response ? readProblem(response.error) : { kind: "unreachable" };
  } catch (error) {
    // fetch rejects with a TypeError when there is no connection.
    return error instanceof TypeError ? { kind: "unreachable" } : { kind: "failed" };
  }
}

/** Reads the word by which the server refuses, or `wait:32` in seconds. */
export function readProblem(refusal: string | null | undefined): Problem | null {
  if (!refusal) return null;
  if (refusal === "credentials" || refusal === "CredentialsSignin") return { kind: "wrong" };
  if (refusal === "code" || refusal === "wrongCode") return { kind: refusal };
  const [, seconds] = /^wait:(\d{1,6})$/.exec(refusal) ?? [];
  if (!seconds) return { kind: "failed" };
  const isOfCodes = Number(seconds) > LONGEST_OTHER_WAIT;
  return isOfCodes ? { kind: "codesSpent" } : { kind: "wait", seconds: Number(seconds) };
}

/** The longest wait in seconds, apart from the daily limit of codes. */
const LONGEST_OTHER_WAIT = 15 * 60;
