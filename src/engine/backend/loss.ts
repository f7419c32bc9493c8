/** The news that what a run computes on is gone, or made an error that nobody caught, which ends it; or has become slower. */

/** The backend was lost or can no longer be trusted: what was computed on it since the last checkpoint is void. */
export class BackendLostError extends Error {
  override readonly name = 'BackendLostError';
}

type Fatal = (error: BackendLostError) => void;
type Slower = (device: string, message: string) => void;

const fatal = new Set<Fatal>();
const slower = new Set<Slower>();

function heardBy<A>(listeners: Set<A>, listener: A): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Calls `listener` once for each GPU that fails. Returns how to stop listening. */
export const onFatal = (listener: Fatal): (() => void) => heardBy(fatal, listener);

export function announce(error: BackendLostError): void {
  for (const listener of fatal) listener(error);
}

/** Calls `listener` when the backend goes on with less, with what it runs on now and a sentence that says why. */
export const onSlower = (listener: Slower): (() => void) => heardBy(slower, listener);

export function announceSlower(device: string, message: string): void {
  for (const listener of slower) listener(device, message);
}
