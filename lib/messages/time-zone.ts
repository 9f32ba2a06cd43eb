/** The time zone of a request: the one the browser reported when this server knows it, else UTC. */
export function chooseTimeZone(reported: string | undefined): string {
  return reported && isTimeZone(reported) ? reported : "UTC";
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
