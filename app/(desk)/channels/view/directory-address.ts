/** The directory of an app, with one channel of it opened where there is one. */
export function directoryAddress(app: string | null, channelId: string | null): string {
  const said = Object.entries({ app, row: channelId }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return said.length === 0 ? "/channels" : `/channels?${new URLSearchParams(said)}`;
}
