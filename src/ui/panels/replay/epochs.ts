interface Recorded {
  epoch: number;
  shot: object | null;
}

/** The epochs that can be shown: those with a snapshot, ascending. */
export function recordedEpochs(history: readonly Recorded[]): number[] {
  return history.flatMap(({ epoch, shot }) => (shot === null ? [] : [epoch]));
}

/** Place in `epochs` of the last that is `epoch` or less; the newest for null; -1 when there is none. */
export function placeOf(epochs: readonly number[], epoch: number | null): number {
  if (epoch === null) return epochs.length - 1;
  return epochs.findLastIndex((one) => one <= epoch);
}

/** How many epochs one tick of the play button goes on, so that a long run plays in about ten seconds. */
export function strideOf(count: number, ticksPerSecond: number): number {
  return Math.max(1, Math.round(count / (10 * ticksPerSecond)));
}
