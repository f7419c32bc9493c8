import type { Snapshot } from '../../core/run';

/** Milliseconds between two snapshots: at most ten a second. */
const INTERVAL = 100;

export interface SnapshotGate {
  /** The newest snapshot; an older one that still waits is dropped. */
  offer(snapshot: Snapshot): void;
  /** The last one sent has been taken in. */
  acknowledge(): void;
  /** Sends the one that waits if the interval has passed and the last one was acknowledged. */
  tick(): void;
  /** Sends the one that waits at once. */
  flush(): void;
}

/** Latest wins, at most ten a second, never two on the way: slow charts make no queue. */
export function createSnapshotGate(send: (snapshot: Snapshot) => void, now: () => number): SnapshotGate {
  let waiting: Snapshot | null = null;
  let acknowledged = true;
  let sentAt = Number.NEGATIVE_INFINITY;
  const flush = (): void => {
    if (waiting === null) return;
    const snapshot = waiting;
    waiting = null;
    acknowledged = false;
    sentAt = now();
    send(snapshot);
  };
  const tick = (): void => {
    if (acknowledged && now() - sentAt >= INTERVAL) flush();
  };
  return {
    offer(snapshot) {
      waiting = snapshot;
      tick();
    },
    acknowledge() {
      acknowledged = true;
    },
    tick,
    flush,
  };
}
