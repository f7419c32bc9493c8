import { useEffect } from 'react';
import { canContinue } from '../store/actions';
import type { Store } from '../store/state';
import { store } from '../store/store';

/** Play or pause, whichever the run is ready for. */
export function togglePlay(state: Store): void {
  const { actions, run } = state;
  if (run.status === 'running' || run.status === 'starting') actions.pause();
  else if (run.status === 'paused') actions.resume();
  else if (canContinue(state)) actions.continueRun();
  else if (run.status === 'idle') actions.train();
}

/** True where a key already has a meaning of its own. */
function ownsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('input, select, textarea, [contenteditable], [role=slider], [role=spinbutton], [role=grid], [role=listbox], dialog')) return true;
  return key === ' ' && target.closest('button, a, summary, [role=button]') !== null;
}

/** Space plays and pauses, → steps one epoch, Escape clears the selection, unless a control under the focus uses the key. */
export function useShortcuts(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || ownsKey(event.target, event.key)) return;
      const state = store.getState();
      if (state.dataset.set === null) return;
      if (event.key === ' ') togglePlay(state);
      else if (event.key === 'ArrowRight' && !event.shiftKey) state.actions.step();
      else if (event.key === 'Escape' && state.selection.series.length > 0) state.actions.clearSelection();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
