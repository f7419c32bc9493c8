/** Which of several backends makes a training epoch faster: each trains a small piece of the run that is to come. */
import type { BackendInfo, BackendName, MeasuredBackend } from '../protocol';
import { onFatal } from './loss';

/** Trains a piece of a run from its start; yields after each step the number of epochs made. */
export type Trial = () => AsyncGenerator<number, void, void>;

export interface Candidate {
  name: BackendName;
  /** Makes it tfjs's backend. */
  start(): Promise<BackendInfo>;
}

/** Milliseconds that a GPU may take to compile its programs, and again for its first epoch; and those of the epochs that count. */
export const WARM_UP_LIMIT = 10_000;
const LIMIT = 700;
const EPOCHS = 4;

/**
 * Runs the trial on each candidate and makes the fastest tfjs's backend. The trial is a generator of its own, so what
 * the run computes afterwards is what it would have computed without. A candidate that cannot start, breaks, is lost
 * or does not end its first epoch in time is out. The last candidate is the one to fall back to: where all are out it is
 * started, and only its error is thrown.
 */
export async function fasterOf(candidates: readonly Candidate[], trial: Trial): Promise<BackendInfo> {
  const measured: MeasuredBackend[] = [];
  const infos = new Map<BackendName, BackendInfo>();
  for (const { name, start } of candidates) {
    try {
      const info = await start();
      infos.set(name, info);
      measured.push({ name, device: info.device, ms: await epochTime(name, trial), failed: null });
    } catch (error) {
      measured.push({ name, device: infos.get(name)?.device ?? '', ms: null, failed: error instanceof Error ? error.message : String(error) });
    }
  }
  const best = measured.reduce((fastest, one) => ((one.ms ?? Infinity) < (fastest.ms ?? Infinity) ? one : fastest), measured[measured.length - 1]);
  const info = await candidates.find(({ name }) => name === best.name)!.start();
  return { ...info, reason: reasonOf(best, measured), measured };
}

function reasonOf(best: MeasuredBackend, measured: readonly MeasuredBackend[]): string {
  const others = measured.filter((one) => one !== best);
  const parts = others.map((one) => (one.ms === null ? `${LABELS[one.name]} could not be measured: ${(one.failed ?? '').replace(/[.;]+$/, '').replaceAll(';', ',')}` : `${LABELS[one.name]} takes ${milliseconds(one.ms)}`));
  return [best.ms === null ? `${LABELS[best.name]} was not measured` : `fastest in a trial: ${milliseconds(best.ms)} a batch`, ...parts].join('; ');
}

const LABELS: Record<BackendName, string> = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' };

const milliseconds = (ms: number): string => `${ms >= 100 ? ms.toFixed(0) : ms.toPrecision(2)} ms`;

/**
 * The shortest of a few epochs. The first does not count on a GPU, which still warms up in it.
 * @throws when the backend is lost, breaks, or takes too long for its first epochs
 */
async function epochTime(name: BackendName, trial: Trial): Promise<number> {
  const warmUp = name === 'webgpu' ? 1 : 0;
  const watch = deadline(WARM_UP_LIMIT, `its first batches took longer than ${WARM_UP_LIMIT / 1000} s`);
  const steps = trial();
  const started = performance.now();
  let [from, done, best] = [started, 0, Infinity];
  try {
    while (done < EPOCHS && (best === Infinity || performance.now() - started < LIMIT)) {
      const { value, done: ended } = await Promise.race([steps.next(), watch.over]);
      if (ended) break;
      if (value === done) continue;
      const now = performance.now();
      if (done >= warmUp) best = Math.min(best, now - from);
      [from, done] = [now, value];
    }
  } finally {
    watch.stop();
    const ended = steps.return().catch(() => undefined);
    if (best < Infinity) await ended; // else it may hang on a device that is gone
  }
  if (best === Infinity) throw new Error('its trial ended early');
  return best;
}

/** Rejects after a time, or as soon as a GPU is lost. */
function deadline(ms: number, message: string): { over: Promise<never>; stop(): void } {
  let stop = (): void => {};
  const over = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(message)), ms);
    const deaf = onFatal(reject);
    stop = () => {
      clearTimeout(timer);
      deaf();
    };
  });
  over.catch(() => undefined); // it may be over while nobody waits
  return { over, stop };
}
