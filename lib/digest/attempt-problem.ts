const KINDS = ["refused", "timeout", "unreachable"] as const;

/** Why the webhook did not take a delivery, as the database keeps it: a kind, and the system's code with it. */
export type AttemptProblem = (typeof KINDS)[number] | `unreachable ${string}`;

type ReadProblem = { readonly kind: (typeof KINDS)[number]; readonly code: string | null };

/** What the database keeps in its parts; null of a sentence in English, which earlier versions kept. */
export function readProblem(problem: string): ReadProblem | null {
  const [word, code = null] = problem.split(" ");
  const kind = KINDS.find((each) => each === word);
  return kind ? { kind, code } : null;
}

/** The same for the log. */
export function problemSentence(problem: AttemptProblem, status: number | null): string {
  if (problem === "refused") return `The webhook answered ${status}.`;
  if (problem === "timeout") return "The webhook did not answer within 10 seconds.";
  const code = readProblem(problem)?.code;
  return `The webhook could not be reached${code ? ` (${code})` : ""}.`;
}
