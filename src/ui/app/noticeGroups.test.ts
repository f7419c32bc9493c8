import { expect, it } from 'vitest';
import type { Notice } from '../store/state';
import { noticeGroups } from './noticeGroups';

const changed: Notice = { kind: 'backendChanged', backend: { name: 'wasm', device: 'SIMD', reason: '' }, epoch: 4 };
const said = (message: string): Notice => ({ kind: 'said', message });

it('shows a change of the backend and its sentence as one, whichever came first', () => {
  expect(noticeGroups([changed, said('lost')])).toEqual([{ notice: changed, detail: 'lost', indices: [0, 1] }]);
  expect(noticeGroups([said('died'), changed])).toEqual([{ notice: changed, detail: 'died', indices: [0, 1] }]);
});

it('leaves other notices apart and gives a sentence away once', () => {
  const thinned: Notice = { kind: 'historyThinned', dropped: 3 };
  const groups = noticeGroups([said('a'), thinned, changed, said('b'), said('c'), changed]);
  expect(groups.map(({ notice, detail, indices }) => [notice.kind, detail, indices])).toEqual([
    ['said', null, [0]],
    ['historyThinned', null, [1]],
    ['backendChanged', 'b', [2, 3]],
    ['backendChanged', 'c', [4, 5]],
  ]);
});
