/**
 * A promise inside an object. Next runs a browser's server actions one after another. An action
 * that returns this ends at once, and its answer streams in while the next one runs.
 */
export type Deferred<Value> = { readonly answer: Promise<Value> };

/** Calls a server action with a deferred answer and waits for the answer. */
export async function callAction<Input, Value>(
  action: (input: Input) => Promise<Deferred<Value>>,
  input: Input,
): Promise<Value> {
  const { answer } = await action(input);
  return answer;
}
