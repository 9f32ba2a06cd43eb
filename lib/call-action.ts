/**
 * A promise inside an object. Next runs a browser's server actions one after another; an action that
 * returns this is over at once, and its answer streams in while the next one already runs.
 */
export type Deferred<Value> = { readonly answer: Promise<Value> };

/** Calls a server action that defers its answer, and waits for the answer. */
export async function callAction<Input, Value>(
  action: (input: Input) => Promise<Deferred<Value>>,
  input: Input,
): Promise<Value> {
  const { answer } = await action(input);
  return answer;
}
