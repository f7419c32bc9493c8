import { InputError } from '../core/lib/assert';
import { DivergenceError } from '../core/run';
import type { Failure } from './protocol';

/** What went wrong, in one sentence for the person; every error that reaches the engine becomes one of these. */
export function toFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DivergenceError) return { kind: 'diverged', message };
  if (error instanceof DeviceLostError) return { kind: 'deviceLost', message };
  if (error instanceof BackendUnavailableError) return { kind: 'backend', message };
  if (error instanceof InputError || nameOf(error) === 'ImportError') return { kind: 'input', message };
  if (isOutOfMemory(error)) {
    return { kind: 'memory', message: `There is not enough memory (${message}). Choose a smaller batch, fewer hidden units or fewer series.` };
  }
  return { kind: 'internal', message: `Lacuna made an error that is not yours: ${message || 'no message'}. The data and the last good epoch are kept.` };
}

/** The accelerator went away and nothing was left to go on with. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
}

/** A backend cannot be had here. */
export class BackendUnavailableError extends InputError {}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /out of memory|allocation failed|invalid (typed )?array (buffer )?length|GPUOutOfMemoryError/i.test(`${error.name} ${error.message}`);
}
