/** A fault the person can mend: its message names the value and what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Throws an {@link InputError} with `message` unless `condition` holds. */
export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InputError(message);
}

/** Marks a branch the compiler proves to be unreachable. */
export function unreachable(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}
