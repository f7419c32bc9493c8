import type { RunSnapshot } from '../protocol';
import type { Emit, Services } from '../services';
import { toFailure } from '../failure';
import { judge } from './judge';

/** What is told of the newest epoch while a run rests: how well its clusters are told apart, and which steps speak for them. */
export interface AtRest {
  /** Tells of the snapshot what is not told yet; ends at once when it is left. */
  tell(snapshot: RunSnapshot): Promise<void>;
  /** The run does not rest any longer: nothing more is told, and nobody waits for it. */
  leave(): void;
  /** Resolves once nothing is being told. */
  told(): Promise<void>;
}

/** @param relevance makes the relevance of a snapshot, [N, T], and yields the share that is made; null for a method that does not tell it */
export function createAtRest(runId: number, relevance: ((of: RunSnapshot) => AsyncGenerator<number, Float32Array, void>) | null, emit: Emit, services: Pick<Services, 'nextTurn' | 'onFatal'>): AtRest {
  let judged = 0;
  let making = false;
  let telling = Promise.resolve();
  let leave = (): void => {};

  const emitShare = (epoch: number, ready: number): void => emit({ kind: 'makingRelevance', runId, epoch, ready });

  const tellRelevance = async (snapshot: RunSnapshot, stays: () => boolean): Promise<void> => {
    const { epoch } = snapshot;
    const steps = relevance!(snapshot);
    try {
      making = true;
      emitShare(epoch, 0);
      for (;;) {
        const step = await steps.next();
        if (!stays()) return;
        if (step.done) {
          making = false;
          snapshot.relevance = step.value;
          return emit({ kind: 'relevance', runId, epoch, relevance: step.value.slice() });
        }
        emitShare(epoch, step.value);
        await services.nextTurn();
        if (!stays()) return;
      }
    } catch (error) {
      if (!stays()) return;
      making = false;
      emitShare(epoch, 1);
      emit({ kind: 'notice', runId, message: `The heat map of epoch ${epoch} could not be made. ${toFailure(error).message}` });
    } finally {
      void steps.return(undefined as never).catch(() => undefined);
    }
  };

  const tellAll = async (snapshot: RunSnapshot, stays: () => boolean): Promise<void> => {
    if (judged !== snapshot.epoch) {
      await judge(runId, snapshot, stays, (event) => {
        judged = snapshot.epoch;
        emit(event);
      }, services);
    }
    if (stays() && relevance !== null && snapshot.relevance === undefined) await tellRelevance(snapshot, stays);
  };

  return {
    tell(snapshot) {
      let resting = true;
      making = false;
      const left = new Promise<void>((resolve) => {
        leave = () => {
          resting = false;
          resolve();
        };
      });
      // What is asked of a lost accelerator may never be answered.
      const deaf = services.onFatal(() => {
        if (!resting) return;
        leave();
        if (making) emitShare(snapshot.epoch, 1);
      });
      telling = Promise.race([tellAll(snapshot, () => resting), left]).finally(deaf);
      return telling;
    },
    leave: () => leave(),
    told: () => telling,
  };
}
