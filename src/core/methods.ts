import type { MethodId } from './catalog';
import type { Method } from './run';
import { crli } from './nn/training/crli';
import { dtcr } from './nn/training/dtcr';

/** Method → its run. One line a method. */
export const runs: Record<MethodId, Method> = {
  crli,
  dtcr,
};
