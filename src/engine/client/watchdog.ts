import type { Surroundings } from './port';

/** Milliseconds between two looks, and the silence after which a worker counts as dead. */
const INTERVAL = 1000;
const PATIENCE = 10_000;

export interface Watchdog {
  /** A message came. */
  heard(): void;
  /** Waits `factor` times as long from now on: after a restart that changed nothing. */
  relax(factor: number): void;
  stop(): void;
}

/**
 * Calls `onSilence` once no message has come for ten seconds. A page that slept (its own timer came late, because
 * it was hidden or frozen) gives the worker the whole time again.
 */
export function createWatchdog(surroundings: Pick<Surroundings, 'now' | 'every'>, onSilence: (seconds: number) => void): Watchdog {
  const { now, every } = surroundings;
  let patience = PATIENCE;
  let heardAt = now();
  let lookedAt = now();
  const stop = every(INTERVAL, () => {
    const slept = now() - lookedAt > 3 * INTERVAL;
    lookedAt = now();
    if (slept) heardAt = now();
    const silence = now() - heardAt;
    if (silence < patience) return;
    heardAt = now();
    onSilence(silence / 1000);
  });
  return {
    heard: () => void (heardAt = now()),
    relax(factor) {
      patience = PATIENCE * factor;
      heardAt = now();
    },
    stop,
  };
}
