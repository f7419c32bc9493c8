import { expect, it } from 'vitest';
import { fileName } from './fileName';

const day = new Date(2026, 10, 3);

it('says the data, the method, K and the day before what the file is', () => {
  expect(fileName('run.json', 'gappy.csv', 'crli', 3, day)).toBe('gappy_crli-k3_2026-11-03_run.json');
});

it('keeps letters of every script and nothing that a file system may refuse', () => {
  expect(fileName('latent.csv', '../공장 3/센서: «a» 1.2.csv', 'crli', 2, day)).toBe('공장-3-센서-a-1.2_crli-k2_2026-11-03_latent.csv');
});

it('leaves out a name of which nothing remains', () => {
  expect(fileName('run.json', '///.csv', 'crli', 2, day)).toBe('crli-k2_2026-11-03_run.json');
});
