/** Whether work ended because whoever asked for it has left: their signal gives such an error as its reason. */
export function isLeaving(error: unknown): boolean {
  return error instanceof Error && error.name.includes("Abort");
}
