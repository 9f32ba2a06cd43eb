/** By which an app's overview is kept in the browser. */
export function overviewKey(app: string): readonly string[] {
  return ["overview", app];
}
