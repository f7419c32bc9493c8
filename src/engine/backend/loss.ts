/** The news that a GPU is gone or made an error that nobody caught; either ends what runs on it. */

/** The GPU was lost or can no longer be trusted: what was computed on it since the last checkpoint is void. */
export class BackendLostError extends Error {
  override readonly name = 'BackendLostError';
}

const listeners = new Set<(error: BackendLostError) => void>();

/** Calls `listener` once for each GPU that fails. Returns how to stop listening. */
export function onFatal(listener: (error: BackendLostError) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function announce(error: BackendLostError): void {
  for (const listener of listeners) listener(error);
}
