import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../core/lib/random';

const MINUTE = 60_000;
let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-cli-'));
  file = join(folder, 'waves.csv');
  const random = new Random(3);
  const rows = Array.from({ length: 16 }, (_, i) => {
    const cells = Array.from({ length: 10 }, (_, t) => (random.uniform() < 0.2 ? '' : Math.sin(t * (1 + (i % 2))) + 0.1 * random.normal()));
    return [`s${i}`, 'ab'[i % 2], ...cells].join(',');
  });
  writeFileSync(file, [`id,label,${Array.from({ length: 10 }, (_, t) => `t${t}`).join(',')}`, ...rows].join('\n'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function cluster(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/cluster.ts', ...args], { encoding: 'utf8', timeout: 2 * MINUTE });
}

const train = (out: string, ...args: string[]) =>
  cluster(file, '--clusters', '2', '--epochs', '2', '--seed', '5', '--backend', 'wasm', '--option', 'hiddenUnits=4', '--out', join(folder, out), ...args);

describe('npm run cluster', () => {
  it('writes the files and prints run.json alone on standard output', { timeout: 3 * MINUTE }, () => {
    const { status, stdout, stderr } = train('first', '--json');
    expect(stderr).toContain('epoch 2 of 2');
    expect(status).toBe(0);
    expect(readdirSync(join(folder, 'first')).sort()).toEqual(['assignments.csv', 'filled-cells.csv', 'imputed.csv', 'latent.csv', 'run.json']);
    expect(stdout).toBe(readFileSync(join(folder, 'first', 'run.json'), 'utf8'));
    const places = readFileSync(join(folder, 'first', 'assignments.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').slice(3).map(Number));
    expect(places).toHaveLength(16);
    expect(places.flat().every((at) => Number.isFinite(at) && Math.abs(at) < 10) && new Set(places.map(String)).size > 1).toBe(true);
    const run = JSON.parse(stdout);
    expect(Object.keys(run.metrics)).toEqual(expect.arrayContaining(['randIndex', 'adjustedRandIndex', 'normalizedMutualInformation', 'accuracy', 'purity', 'allInOneRandIndex']));
    expect(run.imputation).toMatchObject({ hidden: expect.any(Number), rmse: expect.any(Number), mae: expect.any(Number), columnMean: { rmse: expect.any(Number) }, linear: { mae: expect.any(Number) } });
    expect(run.losses.map(({ epoch }: { epoch: number }) => epoch)).toEqual([1, 2]);
    expect(Object.keys(run.losses[0])).toEqual(['epoch', 'prediction', 'reconstruction', 'adversarial', 'discriminator', 'kMeans']);
    expect(run).toMatchObject({ backend: 'wasm', protocol: expect.stringContaining('16 series'), seconds: [expect.any(Number), expect.any(Number)] });
  });

  it('writes the heat map of a method that makes one', { timeout: 3 * MINUTE }, () => {
    const { status, stderr } = cluster(file, '--method', 'dtc', '--clusters', '2', '--epochs', '3', '--seed', '5', '--backend', 'wasm', '--out', join(folder, 'dtc'));
    expect([status, stderr]).toEqual([0, expect.stringContaining('heat map: 100 %')]);
    const [header, ...rows] = readFileSync(join(folder, 'dtc', 'relevance.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
    expect(header).toEqual(['id', 'cluster', ...Array.from({ length: 10 }, (_, t) => `t${t}`)]);
    expect(rows).toHaveLength(16);
    for (const [, , ...shares] of rows) expect([Math.min(...shares.map(Number)), Math.max(...shares.map(Number))]).toEqual([0, 1]);
  });

  it('says nothing but progress on standard error, on plain JavaScript too', { timeout: 3 * MINUTE }, () => {
    const { status, stdout, stderr } = cluster(file, '--clusters', '2', '--epochs', '1', '--backend', 'cpu', '--option', 'hiddenUnits=2', '--hide', '0.02', '--out', join(folder, 'cpu'));
    expect([status, stdout]).toEqual([0, '']);
    for (const line of stderr.trim().split('\n')) expect(line).toMatch(/^(?:16 series|labels|backend|protocol|epoch|map|wrote|\d+ (?:hidden|labelled))/);
  });

  it('gives up with one line, not a page of source, when an error is caught nowhere', { timeout: 2 * MINUTE }, () => {
    const script = `
      import { reportUncaught } from './src/cli/uncaught.ts';
      import { realServices } from './src/engine/realServices.ts';
      reportUncaught();
      await realServices.chooseBackend('wasm');
      setTimeout(() => { throw new Error('two\\nlines'); });`;
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], { encoding: 'utf8', timeout: 2 * MINUTE });
    expect([status, stderr]).toEqual([1, 'cluster: two lines\n']);
  });

  it('runs a grid of options with one seed: a row of losses, errors and scores each', { timeout: 3 * MINUTE }, () => {
    const { status, stderr } = train('grid', '--grid', 'layers=1,2:lambda=0.001,0');
    expect(status).toBe(0);
    const [header, ...rows] = readFileSync(join(folder, 'grid', 'grid.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
    expect(header.slice(0, 4)).toEqual(['layers', 'lambda', 'epochs', 'loss prediction']);
    expect(header).toEqual(expect.arrayContaining(['hidden rmse', 'n', 'ARI', 'RI floor', 'PUR', 'PUR floor']));
    expect(rows.map((row) => row.slice(0, 3).join(' '))).toEqual(['1 0.001 2', '1 0 2', '2 0.001 2', '2 0 2']);
    expect(rows.every((row) => Number(row[3]) > 0)).toBe(true);
    expect(stderr).toContain('grid 4 of 4: layers 2, lambda 0');
  });

  it('sweeps over K on the latents after a run, or on the series in its place', { timeout: 3 * MINUTE }, () => {
    expect(train('swept', '--sweep', '2-3', '--sweep-repeats', '2').status).toBe(0);
    expect(readdirSync(join(folder, 'swept'))).toEqual(expect.arrayContaining(['run.json', 'sweep.json']));
    const { status } = cluster(file, '--sweep', '2-4', '--sweep-on', 'series', '--out', join(folder, 'alone'));
    expect(status).toBe(0);
    expect(readdirSync(join(folder, 'alone'))).toEqual(['sweep.json']);
    const told = (out: string) => JSON.parse(readFileSync(join(folder, out, 'sweep.json'), 'utf8'));
    expect(told('swept')).toMatchObject({ space: 'latents', repeats: 2, rows: [{ k: 2 }, { k: 3 }], method: { method: 'crli' } });
    expect(told('alone')).toMatchObject({ space: 'prepared series', filling: 'linear', rows: [{ k: 2 }, { k: 3 }, { k: 4 }] });
  });

  it('gives the same files twice for the same seed', { timeout: 3 * MINUTE }, () => {
    for (const out of ['once', 'twice']) expect(train(out).status).toBe(0);
    for (const name of ['assignments.csv', 'imputed.csv', 'filled-cells.csv', 'latent.csv']) {
      expect(readFileSync(join(folder, 'twice', name), 'utf8')).toBe(readFileSync(join(folder, 'once', name), 'utf8'));
    }
  });

  it.each([
    ['a file that is not there', () => ['nothing.csv', '--clusters', '2'], /no file "nothing\.csv"/],
    ['a folder for a file', () => [folder, '--clusters', '2'], /is a folder; name a file/],
    ['a file for a folder', () => [file, '--clusters', '2', '--out', file], /is a file; name a folder/],
    ['a folder that cannot be made', () => [file, '--clusters', '2', '--out', '/proc/x/y'], /--out is "\/proc\/x\/y", where no files can be written/],
    ['a label column that is not there', () => [file, '--clusters', '2', '--label', 'colour'], /the columns are id, label, t0/],
    ['an unknown flag', () => [file, '--clusters', '2', '--colour', 'red'], /--colour/],
    ['more clusters than series', () => [file, '--clusters', '99'], /16 series, too few for 99 clusters/],
    ['an option out of range', () => [file, '--clusters', '2', '--option', 'hiddenUnits=100000'], /2 to 256/],
  ])('ends with code 2 and one line on standard error for %s', { timeout: 2 * MINUTE }, (_, args, message) => {
    const { status, stdout, stderr } = cluster('--out', join(folder, 'wrong'), ...args());
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('prints the help text', { timeout: MINUTE }, () => {
    const { status, stdout } = cluster('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('--clusters K');
  });
});
