import { describe, expect, it } from 'vitest';
import { distanceWords, fillingWords, methodEntry, preparations } from '../core/catalog';
import { parseArguments } from './arguments';
import { usualMissingMarks } from '../core/series/reading/missing';
import { flags } from './flags';
import { helpText } from './help';

const parsed = (line: string) => {
  const order = parseArguments(line.split(' '));
  if (order.kind !== 'run') throw new Error('help');
  return order.arguments;
};

describe('parseArguments', () => {
  it('fills in the defaults', () => {
    expect(parsed('data.csv --clusters 3')).toEqual({
      file: 'data.csv',
      out: '.',
      json: false,
      sweep: null,
      grid: null,
      backend: 'auto',
      map: null,
      threads: null,
      label: null,
      plan: {},
      spec: { version: 1, method: 'crli', clusters: 3, seed: 1, epochs: null, options: {}, preparation: { standardise: 'perVariable' }, hideRate: 0.1, hideMechanism: 'cells' },
    });
  });

  it('reads every flag', () => {
    const given = parsed(
      'data.csv --method crli --clusters 4 --seed 9 --epochs 2 --backend wasm --threads 3 --out dir --json --option hiddenUnits=8 --option lambda=1e-6 --standardise none --hide 0 --label class --layout long --delimiter tab --decimal , --date-order dayFirst --serial-dates 1904 --encoding euc-kr --sentinel=-999 --sentinel -1 --missing lost --exclude Total --ends gaps --map umap',
    );
    expect(given).toMatchObject({ out: 'dir', json: true, map: 'umap', backend: 'wasm', threads: 3, label: 'class', spec: { clusters: 4, seed: 9, epochs: 2, options: { hiddenUnits: 8, lambda: 1e-6 }, preparation: { standardise: 'none' }, hideRate: 0 } });
    expect(given.plan).toEqual({ layout: 'long', delimiter: '\t', decimal: ',', dateOrder: 'dayFirst', serialDates: '1904', encoding: 'euc-kr', sentinels: [-999, -1], ends: 'gaps', missingMarks: [...usualMissingMarks, 'lost'], excluded: ['Total'] });
  });

  it.each([
    ['', /Which file/],
    ['a.csv b.csv --clusters 2', /"a.csv", "b.csv"/],
    ['a.csv', /--clusters K is missing/],
    ['a.csv --clusters three', /--clusters is "three"; it must be a number/],
    ['a.csv --clusters 2.5', /whole number/],
    ['a.csv --clusters 2 --hide -x', /--hide needs a value/],
    ['a.csv --clusters', /--clusters needs a value/],
    ['a.csv --clusters 2 --method kmeans', /--method is "kmeans"; it must be one of crli/],
    ['a.csv --clusters 2 --backend gpu', /auto, wasm, cpu/],
    ['a.csv --clusters 2 --threads 0', /--threads is "0"; it must lie between 1 and 64/],
    ['a.csv --clusters 2 --map som', /--map is "som"; it must be one of tsne, umap, pca/],
    ['a.csv --clusters 2 --option depth=3', /no option "depth".*hiddenUnits/],
    ['a.csv --clusters 2 --option hiddenUnits', /key=value/],
    ['a.csv --clusters 2 --option hiddenUnits=many', /must be a number/],
    ['a.csv --clusters 2 --min-coverage 50', /--min-coverage is "50"; it must lie between 0 and 1/],
    ['a.csv --clusters 2 --colour red', /--colour.*--help/],
  ])('refuses "%s" with one line that says why', (line, message) => {
    const attempt = (): unknown => parseArguments(line === '' ? [] : line.split(' '));
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ name: 'InputError', message: expect.not.stringContaining('\n') }));
  });
});

describe('helpText', () => {
  it('names every flag and every option with its default', () => {
    const text = helpText();
    for (const name of Object.keys(flags)) expect(text).toContain(`--${name}`);
    for (const [key, option] of Object.entries(methodEntry('crli').options)) {
      expect(text).toContain(key);
      expect(text).toContain(`default ${option.default})`);
    }
    for (const [step, { doc }] of Object.entries(preparations)) expect(text).toMatch(new RegExp(`  ${step} +${doc.slice(0, 12)}`));
    for (const [choice, { doc }] of Object.entries({ ...fillingWords, ...distanceWords })) expect(text).toContain(`  ${choice.padEnd(34)}${doc}`);
  });
});

it('takes a least coverage into the plan', () => {
  expect(parsed('a.csv --clusters 2 --min-coverage 0.5').plan).toEqual({ minCoverage: 0.5 });
});

describe('--prepare', () => {
  const stepsOf = (...flags: string[]) => {
    const order = parseArguments(['a.csv', '--clusters', '2', ...flags]);
    return order.kind === 'run' ? order.arguments.spec.preparation.steps : null;
  };

  it('takes steps in their order, with options', () => {
    expect(stepsOf('--prepare', 'detrend', '--prepare', 'smooth:filter=gaussian:width=3')).toEqual([
      { step: 'detrend', options: {} },
      { step: 'smooth', options: { filter: 'gaussian', width: 3 } },
    ]);
    expect(stepsOf('--prepare', 'detrend,difference:lag=2', '--prepare', 'range:min=-1:max=5')).toEqual([
      { step: 'detrend', options: {} },
      { step: 'difference', options: { lag: 2 } },
      { step: 'range', options: { min: -1, max: 5 } },
    ]);
    expect(stepsOf()).toBeUndefined();
  });

  it('says which steps and options there are', () => {
    expect(() => stepsOf('--prepare', 'smoothe')).toThrow('must be one of range, sentinel');
    expect(() => stepsOf('--prepare', 'smooth:window=3')).toThrow('Smooth takes filter=…, width=…, degree=…, not "window=3"');
    expect(() => stepsOf('--prepare', 'smooth:width=wide')).toThrow('--prepare smooth:width is "wide"; it must be a number');
    expect(() => stepsOf('--prepare', 'smooth:filter=median')).toThrow('--prepare smooth:filter is "median"; it must be one of movingAverage');
    expect(() => stepsOf('--prepare', 'detrend,')).toThrow('--prepare is ""; it must be one of range');
  });
});

describe('--sweep and --grid', () => {
  it('take a range and combinations', () => {
    expect(parsed('a.csv --sweep 2-8 --sweep-on method').sweep).toEqual({ on: 'method', from: 2, to: 8, repeats: 3 });
    expect(parsed('a.csv --clusters 2 --grid layers=1,2:linear=true,false').grid).toEqual({ layers: [1, 2], linear: [true, false] });
  });

  it('say what is wrong', () => {
    expect(() => parsed('a.csv --sweep 2-8')).toThrow('--clusters K is missing');
    expect(() => parsed('a.csv --clusters 2 --sweep 8-2')).toThrow('write it as FROM-TO');
    expect(() => parsed('a.csv --clusters 2 --sweep 2-3 --sweep-repeats 1')).toThrow('between 2 and 50');
    expect(() => parsed('a.csv --clusters 2 --grid layers')).toThrow('key=value,value');
    expect(() => parsed('a.csv --clusters 2 --grid depth=1')).toThrow('no option "depth"');
    expect(() => parsed('a.csv --clusters 2 --grid joint=1')).toThrow('true, false');
  });
});

describe('--preset', () => {
  const optionsOf = (...flags: string[]) => {
    const order = parseArguments(['a.csv', '--clusters', '2', ...flags]);
    return order.kind === 'run' ? order.arguments.spec.options : null;
  };

  it('sets its options, under those of --option', () => {
    expect(optionsOf('--preset', 'withoutJoint', '--option', 'layers=2')).toEqual({ joint: false, layers: 2 });
  });

  it('says which presets there are', () => {
    expect(() => optionsOf('--preset', 'tiny')).toThrow('CRLI has no preset "tiny". Presets: withoutAdversarial');
    expect(() => optionsOf('--method', 'kMeans', '--preset', 'tiny')).toThrow('It has none.');
  });
});
