export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 128;

type PasswordProblem = "short" | "long" | "common";

const COMMON_WORDS = [
  "channel desk tencent password passw0rd p@ssw0rd p@ssword pass admin administrator",
  "welcome letmein iloveyou monkey dragon football baseball superman batman princess",
  "sunshine shadow master login user guest root test secret changeme default hello",
  "trustno1 whatever computer internet michael jordan",
].flatMap((words) => words.split(" "));

/** Runs of keys and characters, typed in either direction. */
const RUNS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "1234567890!@#$%^&*()",
  "qwertyuiopasdfghjklzxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
  "1q2w3e4r5t6y7u8i9o0p",
  "q1w2e3r4t5y6u7i8o9p0",
  "zaq12wsxcde34rfvbgt56yhnmju78ik,.lo90p;/",
];

const SHORTEST_RUN = 4;
/** Characters that must remain after everything guessable is removed. */
const FEWEST_OWN_CHARACTERS = 6;

/** Returns what is wrong with a new password, or null. `common` passwords are guessable. */
export function passwordProblem(
  password: string,
  { email, name }: { readonly email: string; readonly name: string },
): PasswordProblem | null {
  const normalised = password.normalize("NFKC");
  const length = [...normalised].length;
  if (length < SHORTEST_PASSWORD) return "short";
  if (length > LONGEST_PASSWORD) return "long";
  return isGuessable(normalised, partsOf(email, name)) ? "common" : null;
}

/** Returns whether too little remains without names, common words, runs and repetitions. */
export function isGuessable(text: string, names: readonly string[] = []): boolean {
  return new Set(withoutGuessable(text.toLowerCase(), names)).size < FEWEST_OWN_CHARACTERS;
}

function withoutGuessable(text: string, names: readonly string[]): string {
  let left = text;
  for (const word of [...names, ...COMMON_WORDS].toSorted((a, b) => b.length - a.length)) {
    left = left.replaceAll(word, " ");
  }
  return withoutRuns(left)
    .replace(/[\s\p{P}\p{S}]/gu, "")
    .replace(/(.+?)\1+/gu, "$1");
}

// At each position the longest run is removed.
function withoutRuns(text: string): string {
  let left = "";
  for (let at = 0; at < text.length; ) {
    const run = runAt(text, at);
    if (run < SHORTEST_RUN) left += text.charAt(at);
    at += run < SHORTEST_RUN ? 1 : run;
  }
  return left;
}

function runAt(text: string, at: number): number {
  let length = 0;
  while (at + length < text.length && isRun(text.slice(at, at + length + 1))) length++;
  return length;
}

function isRun(text: string): boolean {
  const backwards = [...text].reverse().join("");
  return RUNS.some((run) => run.includes(text) || run.includes(backwards));
}

/** Returns the names of a person: the whole address, and every part of the address and the name. */
function partsOf(email: string, name: string): string[] {
  const parts = `${email} ${name}`
    .toLowerCase()
    .normalize("NFKC")
    .split(/[^\p{L}\p{N}]+/u);
  return [email.toLowerCase(), ...parts].filter((part) => part.length >= 3);
}
