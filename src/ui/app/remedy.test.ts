import { expect, test } from 'vitest';
import { remedyOf } from './remedy';

const fresh = { begun: false, automatic: false, checkpoint: false, goesOn: false };
const underWay = { begun: true, automatic: false, checkpoint: true, goesOn: true };

test('another backend is offered only when the backend was at fault', () => {
  expect(remedyOf('backend', fresh)).toBe('useAutomatic');
  expect(remedyOf('backend', { ...fresh, automatic: true })).toBe('startAgain');
  for (const kind of ['input', 'memory', 'diverged', 'internal', 'deviceLost'] as const) expect(remedyOf(kind, fresh)).not.toBe('useAutomatic');
});

test('what the person set must be changed first', () => {
  expect([remedyOf('input', underWay), remedyOf('memory', fresh)]).toEqual(['changeFirst', 'changeFirst']);
});

test('a run that diverged goes on with a lower learning rate, or starts with it', () => {
  expect([remedyOf('diverged', underWay), remedyOf('diverged', fresh)]).toEqual(['mend', 'mendAfresh']);
});

test('a run that broke goes on from its last good epoch if its settings still allow it', () => {
  expect([remedyOf('internal', underWay), remedyOf('deviceLost', { ...underWay, goesOn: false }), remedyOf('internal', fresh)]).toEqual(['goOn', 'startAgain', 'startAgain']);
});
