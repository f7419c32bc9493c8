import { expect, test } from 'vitest';
import { DivergenceError } from '../../../core/run';
import type { PreparationStep } from '../../../core/catalog';
import { prepareSteps } from '../../../core/preparation';
import type { SeriesSet } from '../../../core/series/SeriesSet';
import { checkData, checkObserved } from '../../../engine/run/data';
import { unusedNotes } from '../../../engine/run/unusedNotes';
import { smallSet } from '../../store/fixtures';
import { initialState } from '../../store/initial';
import { noRelevance } from '../../../engine/export/relevance';
import { koreanReason, koreanSentence } from './engineWords';

test.each([
  new DivergenceError('the loss "prediction"', 41).message,
  'The GPU (SwiftShader) was lost (destroyed: gone). The run goes on with wasm (SIMD, one thread) from epoch 3.',
  'A thread of WASM hung in the middle of its work. The run has started again on SIMD, one thread (its threads hung) from epoch 3.',
  'A thread of WASM ended. The run goes on with one thread.',
  'WebGPU was asked for, but WebGPU finds no adapter. Choose "auto" or "wasm".',
  'There is not enough memory (out of memory). Choose a smaller batch, fewer hidden units or fewer series.',
  'The engine was restarted because it did not answer. The run goes on from epoch 7.',
  'tsne-js takes at most 300 series, and there are 900; the map stays with t-SNE.',
  'UMAP takes at most 5000 series, and there are 9000; the map stays with t-SNE.',
  '"empty.csv" is empty. Choose a file that holds at least two series.',
  'No column holds values: none of the 1 columns is made of numbers. Check the delimiter and the decimal mark, and give at least one column the role value.',
  'This run would take about 3.1 GiB of memory; 2.0 GiB is the limit. Choose a batch of 12 or less.',
  'This run would take about 3.1 GiB of memory; 2.0 GiB is the limit. The data alone takes 2.4 GiB: take fewer series, steps or variables.',
  'This run would take about 3.1 GiB of memory; 2.0 GiB is the limit. Choose fewer hidden units or layers.',
  'Whole variables can be hidden only where a series has more than one; hide cells or blocks instead.',
  'The longest series has 20 steps, too few for seasonal filling by a period of 24: no phase comes twice. Choose a period of at most 10, or fill another way.',
  'No two steps have all variables observed, so there are no principal components. Fill the gaps first.',
])('says in Korean: %s', (message) => {
  expect(koreanSentence(message)).toMatch(/[가-힣]/);
});

test.each([noRelevance('dtc').message, noRelevance('crli').message, 'The heat map of epoch 7 could not be made. There is not enough memory (x).'])('says in Korean of the heat map: %s', (message) => {
  expect(koreanSentence(message)).toMatch(/relevance|히트맵/);
});

test('keeps the numbers of a sentence', () => {
  expect(koreanSentence(new DivergenceError('x', 41).message)).toContain('에포크 41');
});

test('translates a reason part by part and leaves what it does not know', () => {
  expect(koreanReason('this browser has no WebGPU; WASM is available')).not.toMatch(/browser|available/);
  expect(koreanReason('trained, fitted and scored on all 35 series (pooled); labels only in the scores')).toContain('35');
  expect(koreanReason('SIMD, 2 threads')).toBe('SIMD, 스레드 2개');
  expect(koreanReason('SIMD, one thread (its threads hung)')).not.toMatch(/thread/);
  expect(koreanReason('a new reason')).toBe('a new reason');
});

test('invents nothing', () => {
  expect(koreanSentence('Something else.')).toBeNull();
});

const steps = (step: PreparationStep, change: Partial<SeriesSet> = {}) => refusal(() => prepareSteps({ ...smallSet(), ...change }, [step]));
const gappy = smallSet();
const refusal = (attempt: () => unknown): string => {
  try {
    attempt();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
};

test.each([
  ['resample', () => steps({ step: 'resample', options: { by: 'means', length: 64 } }), '64'],
  ['components', () => steps({ step: 'components', options: { count: 2 } }), '2'],
  ['difference', () => steps({ step: 'difference', options: { lag: 40 } }), '40'],
  ['components that leave values out', () => unusedNotes(prepareSteps({ ...gappy, d: 2, t: gappy.t / 2, ends: gappy.ends.map((end) => end / 2) }, [{ step: 'components', options: { count: 1 } }]).losses)[0], '33.3'],
  ['differences that leave values out', () => unusedNotes(prepareSteps(gappy, [{ step: 'difference', options: { lag: 2 } }]).losses)[0], '2'],
  ['nothing observed', () => refusal(() => checkData({ ...smallSet(), mask: new Uint8Array(smallSet().mask.length) }, initialState().experiment)), '6'],
  ['nothing left by components', () => refusal(() => checkObserved({ ...smallSet(), mask: new Uint8Array(smallSet().mask.length) }, true, unusedNotes([{ step: 'components', share: 0.4871, why: 'another variable is missing' }]))), '48.7%'],
  ['components that leave out what shows less than half', () => unusedNotes([{ step: 'components', share: 0.0171, why: 'more than half of the variables are missing' }])[0], '절반 넘게'],
  ['nothing left', () => refusal(() => checkObserved({ ...smallSet(), mask: new Uint8Array(smallSet().mask.length) }, true)), '6'],
  ['too large', () => refusal(() => checkData({ ...smallSet(), values: smallSet().values.map(() => 1e38) }, initialState().experiment)), '1e+38'],
  ['too few series', () => refusal(() => checkData(smallSet(), { ...initialState().experiment, clusters: 7 })), '7'],
])('says in Korean why the engine refuses, with its numbers: %s', (_, message, number) => {
  expect(koreanSentence(message())).toMatch(/[가-힣]/);
  expect(koreanSentence(message())).toContain(number);
});
