import type { Checkpoint, Report, RunSpec, Snapshot } from '../../core/run';
import type { Journal, RunSnapshot } from '../protocol';
import type { Emit, Services } from '../services';
import { createEpochClock } from './epochClock';
import type { Evaluation } from './evaluation';
import { upTo } from './journal';
import { createSnapshotGate } from './snapshotGate';

/** Milliseconds between two checkpoints that are sent, and between two messages of progress. */
const CHECKPOINT_INTERVAL = 1000;
const PROGRESS_INTERVAL = 50;

export interface Reporter {
  /** The last epoch that ended; a run goes on after it. */
  epoch(): number;
  checkpoint(): Checkpoint | null;
  /** Everything reported so far, with the newest snapshot. */
  journal(): Journal;
  /** Time spent in the method, pauses left out. */
  spend(seconds: number): void;
  hear(report: Report): void;
  optionsChanged(options: RunSpec['options']): void;
  acknowledge(): void;
  /** Everything that waits goes out, so that the person sees the very last epoch. */
  settle(): void;
  /** Goes back to the last checkpoint; returns its epoch. */
  rewind(): number;
}

/** What a run tells: every loss, the newest snapshot as fast as it is taken in, a checkpoint a second. */
export function createReporter(
  { runId, spec, from, past, evaluation }: { runId: number; spec: RunSpec; from: Checkpoint | null; past: Journal | null; evaluation: Evaluation },
  emit: Emit,
  { now }: Pick<Services, 'now'>,
): Reporter {
  let checkpoint = from;
  let checkpointSent = from;
  let checkpointAt = Number.NEGATIVE_INFINITY;
  let progressAt = Number.NEGATIVE_INFINITY;
  let epoch = from?.epoch ?? 0;
  let journal = upTo(epoch, from ? past : null);
  let latest: Snapshot | null = null;
  const clock = createEpochClock();

  const evaluated = (snapshot: Snapshot): RunSnapshot => {
    if (journal.snapshot?.epoch === snapshot.epoch) return journal.snapshot;
    return (journal.snapshot = evaluation.evaluate(snapshot));
  };
  const gate = createSnapshotGate((snapshot) => emit({ kind: 'snapshot', runId, snapshot: structuredClone(evaluated(snapshot)) }), now);

  const sendCheckpoint = (): void => {
    if (checkpoint === null || checkpoint === checkpointSent) return;
    checkpointSent = checkpoint;
    checkpointAt = now();
    emit({ kind: 'checkpoint', runId, checkpoint: structuredClone(checkpoint) });
  };

  const hearEpoch = (report: Extract<Report, { kind: 'epoch' }>): void => {
    const seconds = clock.endEpoch();
    const { losses } = report;
    epoch = report.epoch;
    checkpoint = report.checkpoint;
    latest = report.snapshot;
    journal.losses.push({ epoch, losses, seconds });
    emit({ kind: 'losses', runId, epoch, losses, seconds });
    gate.offer(latest);
    if (now() - checkpointAt >= CHECKPOINT_INTERVAL) sendCheckpoint();
  };

  const hearBatch = (report: Extract<Report, { kind: 'batch' }>): void => {
    gate.tick();
    if (now() - progressAt < PROGRESS_INTERVAL) return;
    progressAt = now();
    const { batch, batches } = report;
    emit({ kind: 'progress', runId, epoch: report.epoch, batch, batches, secondsLeft: clock.secondsLeft(spec.epochs - epoch, batch / batches) });
  };

  return {
    epoch: () => epoch,
    checkpoint: () => checkpoint,
    journal() {
      if (latest) evaluated(latest);
      return journal;
    },
    spend: clock.add,
    hear: (report) => (report.kind === 'epoch' ? hearEpoch(report) : hearBatch(report)),
    optionsChanged: (options) => void journal.optionChanges.push({ epoch, options }),
    acknowledge: gate.acknowledge,
    settle() {
      gate.flush();
      sendCheckpoint();
    },
    rewind() {
      epoch = checkpoint?.epoch ?? 0;
      journal = upTo(epoch, journal);
      clock.restart();
      return epoch;
    },
  };
}
