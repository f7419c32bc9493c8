import type { Failure } from '../../engine/protocol';

export type Remedy = 'mend' | 'mendAfresh' | 'useAutomatic' | 'goOn' | 'startAgain' | 'changeFirst';

/** What the run had reached, and how it was asked for. */
interface Circumstances {
  begun: boolean;
  /** The backend was left to the engine. */
  automatic: boolean;
  checkpoint: boolean;
  /** The settings allow to go on from the checkpoint. */
  goesOn: boolean;
}

/** What is most likely to mend a failed run. What the person set, or the data, must be changed first; no button can do that. */
export function remedyOf(kind: Failure['kind'], { begun, automatic, checkpoint, goesOn }: Circumstances): Remedy {
  if (kind === 'diverged') return checkpoint ? 'mend' : 'mendAfresh';
  if (kind === 'input' || kind === 'memory') return 'changeFirst';
  if (kind === 'backend' && !automatic) return 'useAutomatic';
  return checkpoint && goesOn && begun ? 'goOn' : 'startAgain';
}
