/** The database cannot be opened; the message is one sentence for the person who starts the desk. */
export class DatabaseError extends Error {
  override readonly name: string = "DatabaseError";
}

/** Another process has the data directory open; two on one directory would lose data silently. */
export class DirectoryInUseError extends DatabaseError {
  override readonly name = "DirectoryInUseError";

  constructor(
    readonly directory: string,
    hint = "Stop that process, or set DATA_DIR to another directory.",
  ) {
    super(`The data directory ${directory} is in use by another process. ${hint}`);
  }
}

/** Returns the message of the innermost cause, for the terminal of the person who starts the desk. */
export function causeMessage(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(causeMessage).join(", ");
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : causeMessage(error.cause);
}

/** Returns the code of PostgreSQL for why a statement failed; null if it has not come so far. */
export function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { readonly code?: unknown };
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  return sqlStateOf(error.cause);
}

/** Returns whether a statement failed because another row already has a value that must be unique. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlStateOf(error) === "23505";
}
