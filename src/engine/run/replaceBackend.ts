import type { Rehearsal } from '../backend/compileAhead';
import { DeviceLostError } from '../failure';
import type { BackendChoice, BackendInfo } from '../protocol';
import type { Services } from '../services';

/** How often a run may lose its accelerator before it stays with WASM and cpu. */
const LOSSES_BEFORE_WASM = 3;

/**
 * The backend to go on with after a loss: the same again the first times, then what needs no accelerator.
 * @throws DeviceLostError when none can be started.
 */
export async function replaceBackend(wanted: BackendChoice, losses: number, rehearsal: Rehearsal | undefined, { chooseBackend }: Pick<Services, 'chooseBackend'>): Promise<BackendInfo> {
  const choices: BackendChoice[] = losses < LOSSES_BEFORE_WASM ? [wanted, 'auto', 'wasm', 'cpu'] : ['wasm', 'cpu'];
  for (const choice of choices) {
    try {
      return await chooseBackend(choice, { rehearsal });
    } catch {
      continue;
    }
  }
  throw new DeviceLostError('The accelerator was lost and no other backend could be started. Reload the page and go on from the last epoch.');
}
