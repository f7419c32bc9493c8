/** Runs a generator to its end at once, for callers that cannot pause. Returns what it returns. */
export function drain<A>(steps: Generator<unknown, A, void>): A {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same of a generator that is waited for. */
export async function drainAsync<A>(steps: AsyncGenerator<unknown, A, void>): Promise<A> {
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}
