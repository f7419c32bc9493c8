import { describe, expect, it } from 'vitest';
import { datasetEvent, testStore } from './fixtures';
import { initialState } from './initial';
import { linkedRun, linkTo } from './link';

const { experiment } = initialState();
const spec = { ...experiment, method: 'dtc' as const, clusters: 6, seed: 9, epochs: 33, options: { batchSize: 8, gamma: 0 }, preparation: { standardise: 'perSeries' as const, steps: [{ step: 'smooth' as const, options: { filter: 'gaussian', width: 3 } }] }, hideRate: 0, hideMechanism: 'blocks' as const };
const hashOf = (link: string): string => new URL(link).hash;

describe('a link', () => {
  it('brings back the settings and the sample', () => {
    const link = linkTo('http://localhost:4173/app/?backend=wasm#old', { spec, sample: 'messy' });
    expect(link).toMatch(/^http:\/\/localhost:4173\/app\/#run=/);
    const read = linkedRun(hashOf(link), experiment)!;
    expect(read.sample).toBe('messy');
    expect(read.spec).toMatchObject(spec);
  });

  it('holds nothing but settings, and no defaults of the method', () => {
    const link = decodeURIComponent(linkTo('http://localhost/', { spec: experiment, sample: null }));
    expect(Object.keys(JSON.parse(link.slice(link.indexOf('=') + 1))).sort()).toEqual(['clusters', 'epochs', 'hideRate', 'method', 'options', 'preparation', 'seed']);
    expect(link).toContain('"options":{}');
  });

  it.each(['', '#', '#run=', '#run=%7B', '#run=null', '#run=%7B%22method%22%3A%22gone%22%7D', '#other=1'])('is none in %j', (hash) => expect(linkedRun(hash, experiment)).toBeNull());

  it('names no sample that does not exist', () => {
    expect(linkedRun(`#run=${encodeURIComponent(JSON.stringify({ ...spec, sample: '../etc' }))}`, experiment)!.sample).toBeNull();
  });
});

it('keeps settings that were taken over for the data that is opened next, a sample too', () => {
  const { store, actions, say } = testStore();
  store.setState({ experiment: linkedRun(hashOf(linkTo('http://localhost/', { spec, sample: 'cbf20' })), experiment)!.spec, toRepeat: { from: '', spec, data: { name: '', bytes: 0 }, plan: null, weightsChanged: false, names: null } });
  actions.open({ kind: 'sample', id: 'cbf20' });
  expect(store.getState().dataset.sample).toBe('cbf20');
  say(datasetEvent(store.getState().dataset.requestId));
  expect(store.getState().experiment).toMatchObject({ clusters: 6, epochs: 33 });
  expect(store.getState().dataset.sample).toBe('cbf20');
});
