/** The store cannot be opened; the message is one sentence for the person who starts the desk. */
export class StoreError extends Error {
  override readonly name: string = "StoreError";
}

/** Another process has the data directory open; two on one directory would lose data silently. */
export class DirectoryInUseError extends StoreError {
  override readonly name = "DirectoryInUseError";

  constructor(
    readonly directory: string,
    readonly pid: number,
  ) {
    super(
      `The data directory ${directory} is in use by process ${pid}: stop that process, or set DATA_DIR to another directory.`,
    );
  }
}

/** Returns the message of the innermost cause, for the terminal of the person who starts the desk. */
export function causeMessage(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(causeMessage).join(", ");
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : causeMessage(error.cause);
}
