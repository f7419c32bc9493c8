import { validitySteps } from '../../core/metrics/validity';
import type { RunSnapshot } from '../protocol';
import type { Emit, Services } from '../services';

/** Tells how well the clusters of a snapshot are told apart, between the turns of the thread; gives up once it may not go on. */
export async function judge(runId: number, { epoch, latents, latentWidth, assignments }: RunSnapshot, mayGoOn: () => boolean, emit: Emit, { nextTurn }: Pick<Services, 'nextTurn'>): Promise<void> {
  const steps = validitySteps(latents, latentWidth, assignments);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return emit({ kind: 'validity', runId, epoch, ...step.value });
    await nextTurn();
    if (!mayGoOn()) return;
  }
}
