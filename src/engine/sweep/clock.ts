import type { SweepDoing } from '../../core/metrics/sweep';

/** Milliseconds between two pieces of news of the same clustering. */
const INTERVAL = 200;

/** Tells which steps of a sweep are worth a message, and about how many seconds are left: null before the first share is done. */
export function createSweepClock(now: () => number): { news(doing: SweepDoing): { doing: SweepDoing; secondsLeft: number | null } | null } {
  let begun = Number.NaN;
  let told = '';
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    news(doing) {
      const at = now();
      if (Number.isNaN(begun) && doing.part !== 'filling') begun = at;
      const words = `${doing.k} ${doing.part} ${doing.at}`;
      if (words === told && at - toldAt < INTERVAL) return null;
      told = words;
      toldAt = at;
      const { share } = doing;
      return { doing, secondsLeft: share > 0 ? ((at - begun) / 1000) * (1 / share - 1) : null };
    },
  };
}
