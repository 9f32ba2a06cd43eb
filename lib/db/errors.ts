/** The database cannot be opened. The message is one sentence for the operator. */
export class DatabaseError extends Error {
  override readonly name: string = "DatabaseError";
}

/** Another process uses the data directory. Two processes would silently lose data. */
export class DirectoryInUseError extends DatabaseError {
  override readonly name = "DirectoryInUseError";

  constructor(
    readonly directory: string,
    hint = "Stop that process, or set DATA_DIR to another directory.",
  ) {
    super(`The data directory ${directory} is in use by another process. ${hint}`);
  }
}

/** Returns the message of the innermost cause, for the operator's terminal. */
export function causeMessage(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(causeMessage).join(", ");
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : causeMessage(error.cause);
}

/** Returns PostgreSQL's error code of a failed statement, or null. */
export function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { readonly code?: unknown };
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  return sqlStateOf(error.cause);
}

/** Returns whether a statement failed on a unique value. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlStateOf(error) === "23505";
}
