import { expect, test, vi } from 'vitest';
import { store } from '../../store/store';
import { watch } from './watch';

test('tells only of changes to what it watches, until it is stopped', () => {
  const changed = vi.fn();
  const stop = watch((state) => [state.selection.hover, state.view.epoch])(changed);
  const { actions } = store.getState();
  actions.select([1], 'test');
  expect(changed).not.toHaveBeenCalled();
  actions.hover(3);
  actions.showEpoch(2);
  expect(changed).toHaveBeenCalledTimes(2);
  stop();
  actions.hover(4);
  expect(changed).toHaveBeenCalledTimes(2);
});
