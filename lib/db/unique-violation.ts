/** Whether a statement failed because another row already has what must be unique. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // PostgreSQL's code, which both drivers give below the error that names the statement.
  return ("code" in error && error.code === "23505") || isUniqueViolation(error.cause);
}
