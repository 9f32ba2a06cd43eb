/** Sends a form that was posted on to a page of the desk, which the browser then gets. */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
