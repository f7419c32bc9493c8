import { useEffect } from 'react';
import { trainedLong } from '../store/actions';
import type { AppState } from '../store/state';
import { store } from '../store/store';

/** Has the browser ask before a run that took long to make is closed with its page; gives the way to stop asking. */
export function guardUnload(page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>, state: () => Pick<AppState, 'run'>): () => void {
  const ask = (event: Event): void => {
    if (trainedLong(state())) event.preventDefault();
  };
  page.addEventListener('beforeunload', ask);
  return () => page.removeEventListener('beforeunload', ask);
}

export function useUnloadGuard(): void {
  useEffect(() => guardUnload(window, store.getState), []);
}
