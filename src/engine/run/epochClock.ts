export interface EpochClock {
  /** Seconds spent since the last epoch ended, pauses left out. */
  add(seconds: number): void;
  /** Ends the epoch; returns its seconds. */
  endEpoch(): number;
  /** Median epoch time × epochs left, less the part of the current epoch that is done; null before the first. */
  secondsLeft(epochsLeft: number, partDone: number): number | null;
  /** Forgets the epoch under way. */
  restart(): void;
}

export function createEpochClock(): EpochClock {
  const finished: number[] = [];
  let current = 0;
  return {
    add: (seconds) => void (current += seconds),
    endEpoch() {
      const seconds = current;
      current = 0;
      finished.push(seconds);
      if (finished.length > 51) finished.shift();
      return seconds;
    },
    secondsLeft(epochsLeft, partDone) {
      if (finished.length === 0) return null;
      const median = [...finished].sort((a, b) => a - b)[finished.length >> 1];
      return Math.max(0, median * (epochsLeft - partDone));
    },
    restart: () => void (current = 0),
  };
}
