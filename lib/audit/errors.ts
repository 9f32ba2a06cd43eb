/** The audit cannot be written, so nothing may be read. The message says why, for the log. */
export class AuditError extends Error {
  override readonly name = "AuditError";
}
