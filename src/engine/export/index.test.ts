import { createHash } from 'node:crypto';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { MethodId } from '../../core/catalog';
import { readSeries } from '../../core/series/reading';
import type { ExportFile, RunSnapshot } from '../protocol';
import { converse, spec, testServices, type Conversation } from '../testing/fixtures';
import { tinyMethod, tinyRelevance } from '../testing/tinyMethod';

const FILES: ExportFile[] = ['assignments', 'imputed', 'filledCells', 'latent', 'run'];
const TEXT = [
  'id,class,t0,t1,t2,t3,t4,t5',
  'plain,a,0.1,0.2,,0.4,0.5,0.6',
  '=1+1,a,1e-7,,0.30000000000000004,0.4,,6',
  '"with, comma",b,-1,-2,-3,-4,-5,-6',
  'ünï,b,7.10,8,9,,NA,12',
].join('\n');
const MAP = Float32Array.from([0.1, -0.2, 1e-8, 3, -0, 5e20, 1 / 3, 7]);

async function exported(text = TEXT, preparation = spec.preparation, clusterNames?: Record<number, string>, method: MethodId = 'crli'): Promise<{ files: Map<string, string>; shot: RunSnapshot; conversation: Conversation }> {
  const services = testServices({ method: () => tinyMethod(), readSeries: (source, plan, progress) => readSeries(source, plan, progress) });
  const conversation = converse(services);
  conversation.runner.handle({ kind: 'open', requestId: 1, source: { kind: 'text', name: 'four.csv', text } });
  conversation.runner.handle({ kind: 'train', runId: 1, spec: { ...spec, method, preparation, epochs: 3, hideRate: 0.2 }, backend: 'cpu' });
  await conversation.runner.idle();
  conversation.runner.handle({ kind: 'export', requestId: 2, files: FILES, map: { places: MAP, method: 'tsne', epoch: 3 }, ...(clusterNames && { clusterNames }) });
  await conversation.runner.idle();
  expect(conversation.of('exportFailed')).toEqual([]);
  const texts = await Promise.all(conversation.of('exported')[0].files.map(async ({ name, blob }): Promise<[string, string]> => [name, await blob.text()]));
  return { files: new Map(texts), shot: conversation.of('snapshot').at(-1)!.snapshot, conversation };
}

const rows = (text: string): string[][] => Papa.parse<string[]>(text.trimEnd()).data;

describe('exportFiles', () => {
  it('writes assignments that read back as exactly the same numbers', async () => {
    const { files, shot } = await exported();
    const [header, ...lines] = rows(files.get('assignments.csv')!);
    expect(header).toEqual(['id', 'cluster', 'confidence', 'x', 'y']);
    expect(lines.map(([id]) => id)).toEqual(['plain', "'=1+1", 'with, comma', 'ünï']);
    expect(lines.map((line) => Number(line[1]))).toEqual([...shot.assignments]);
    expect(lines.map((line) => Number(line[2]))).toEqual([...shot.confidence]);
    expect(lines.flatMap((line) => [Number(line[3]), Number(line[4])])).toEqual([...MAP]);
  });

  it('writes the names that clusters were given, made safe, in a last column and in run.json', async () => {
    const { files, shot } = await exported(TEXT, spec.preparation, { 1: '=night, late' });
    const [header, ...lines] = rows(files.get('assignments.csv')!);
    expect(header).toEqual(['id', 'cluster', 'confidence', 'x', 'y', 'name']);
    expect(new Set(shot.assignments).has(1)).toBe(true);
    expect(lines.map((line) => line[5])).toEqual([...shot.assignments].map((cluster) => (cluster === 1 ? "'=night, late" : '')));
    expect(JSON.parse(files.get('run.json')!)).toMatchObject({ clusterNames: { 1: '=night, late' }, namedClustering: [...shot.assignments].join(' ') });
    expect(JSON.parse((await exported()).files.get('run.json')!).namedClustering).toBeNull();
  });

  it('says of a method that is computed once where its clusters were measured', async () => {
    const space = async (method: MethodId): Promise<string> => JSON.parse((await exported(TEXT, spec.preparation, undefined, method)).files.get('run.json')!).validity.space;
    expect([await space('crli'), await space('kMedoids')]).toEqual(['latents', 'points of latent.csv']);
  });

  it('writes latents that read back as exactly the same numbers', async () => {
    const { files, shot } = await exported();
    const [header, ...lines] = rows(files.get('latent.csv')!);
    expect(header).toEqual(['id', 'h0', 'h1']);
    expect(lines.flatMap(([, ...values]) => values.map(Number))).toEqual([...shot.latents]);
  });

  it('writes how much each step speaks for the cluster of its series, in numbers that read back as the same', async () => {
    const text = 'id,=t 1,"2,5",-3,t4\nlong,1,2,3,4\n"=late, too",,5,6,7\nshort,1,2,,\ntail,2,,3,4\n';
    const share = (i: number, step: number): number => Math.fround(1 / (3 + i + step));
    const services = testServices({
      method: () => tinyMethod(),
      relevance: () => async function* shares({ n, t }) {
        yield 0.5;
        return Float32Array.from({ length: n * t }, (_, at) => share(Math.floor(at / t), at % t));
      },
      readSeries: (source, plan, progress) => readSeries(source, { ...plan, ends: 'outside' }, progress),
    });
    const conversation = converse(services);
    conversation.runner.handle({ kind: 'open', requestId: 1, source: { kind: 'text', name: 'ends.csv', text } });
    conversation.runner.handle({ kind: 'train', runId: 1, spec: { ...spec, method: 'dtc', epochs: 2, hideRate: 0 }, backend: 'cpu' });
    await conversation.runner.idle();
    conversation.runner.handle({ kind: 'export', requestId: 2, files: ['relevance', 'run'], map: null });
    await conversation.runner.idle();
    const [{ files, notes }] = conversation.of('exported');
    expect(files.map(({ name }) => name)).toEqual(['relevance.csv', 'run.json']);
    expect(notes.map(({ code }) => code)).toEqual(['formulaId']);
    const [header, ...lines] = rows(await files[0].blob.text());
    expect(header).toEqual(['id', 'cluster', "'=t 1", '2,5', '-3', 't4']);
    expect(lines.map(([id, cluster]) => [id, cluster])).toEqual([['long', '0'], ["'=late, too", '0'], ['short', '1'], ['tail', '1']]);
    const outside = (i: number, step: number): boolean => (i === 1 && step === 0) || (i === 2 && step > 1);
    for (const [i, [, , ...cells]] of lines.entries()) expect(cells.map((cell) => (cell === '' ? null : Number(cell)))).toEqual([0, 1, 2, 3].map((step) => (outside(i, step) ? null : share(i, step))));
    expect(JSON.parse(await files[1].blob.text()).relevance).toMatchObject({ file: 'relevance.csv', epoch: 2, how: expect.stringContaining('frozen latents') });
  });

  it('says why there is no heat map: a method that makes none, or a run that goes on', async () => {
    const conversation = converse(testServices({ method: (id) => tinyMethod({ beforeBatch: (epoch) => (id === 'dtc' && epoch === 3 ? new Promise(() => {}) : undefined) }), relevance: (id) => (id === 'dtc' ? tinyRelevance : null) }));
    conversation.runner.handle({ kind: 'open', requestId: 1, source: { kind: 'text', name: 'waves.csv', text: 'x' } });
    conversation.runner.handle({ kind: 'train', runId: 1, spec, backend: 'cpu' });
    await conversation.runner.idle();
    conversation.runner.handle({ kind: 'export', requestId: 2, files: ['relevance', 'run'], map: null });
    await conversation.until((event) => event.kind === 'exported');
    conversation.runner.handle({ kind: 'train', runId: 2, spec: { ...spec, method: 'dtc' }, backend: 'cpu' });
    await conversation.until((event) => event.kind === 'losses' && event.runId === 2 && event.epoch === 2);
    conversation.runner.handle({ kind: 'export', requestId: 3, files: ['relevance', 'run'], map: null });
    await conversation.until((event) => event.kind === 'exported' && event.requestId === 3);
    const told = conversation.of('exported');
    expect(told.map(({ files }) => files.map(({ name }) => name))).toEqual([['run.json'], ['run.json']]);
    expect(told.map(({ notes }) => notes[0].message)).toEqual([
      'There is no relevance.csv: CRLI does not tell which steps speak for a cluster. Methods that do: DTC.',
      expect.stringContaining('Pause the run, then prepare the files again'),
    ]);
    expect(JSON.parse(await told[0].files[0].blob.text()).relevance).toBeNull();
  });

  it('fills the gaps, and only the gaps, in a file of the same shape', async () => {
    const { files, shot, conversation } = await exported();
    const { set, plan } = conversation.of('dataset')[0];
    const { gaps, hidden } = conversation.of('runStarted')[0].start;
    expect(hidden.length).toBeGreaterThan(0);
    const again = await readSeries({ name: 'imputed.csv', bytes: files.get('imputed.csv')! }, plan);
    expect([again.set.n, again.set.t, again.set.d]).toEqual([set.n, set.t, set.d]);
    const expected = Array.from(set.values);
    for (const [g, cell] of gaps.entries()) if (set.mask[cell] === 0) expected[cell] = shot.imputed[g];
    expect(Array.from(again.set.values)).toEqual(expected);
    expect(again.set.mask.every((seen) => seen === 1)).toBe(true);

    const source = rows(TEXT);
    const written = rows(files.get('imputed.csv')!);
    const kept = source.flatMap((line, i) => line.flatMap((cell, j) => (cell === '' || cell === 'NA' || cell.startsWith('=') ? [] : [written[i][j] === cell])));
    expect(kept.every(Boolean)).toBe(true);
    expect(rows(files.get('filled-cells.csv')!).slice(1)).toHaveLength(5);
  });

  it('fills what a rule of the preparation calls missing', async () => {
    const { files } = await exported(TEXT, { ...spec.preparation, steps: [{ step: 'range', options: { min: -5.5, max: 11 } }] });
    const [source, written] = [rows(TEXT), rows(files.get('imputed.csv')!)];
    for (const [line, column] of [[3, 7], [4, 7]]) {
      expect(written[line][column]).not.toBe(source[line][column]);
      expect(Number(written[line][column])).not.toBeNaN();
    }
    expect(written[3].slice(2, 7)).toEqual(source[3].slice(2, 7));
    expect(rows(files.get('filled-cells.csv')!).slice(1)).toHaveLength(7);
  });

  it('tells which rows were put in and which texts were made safe', async () => {
    expect((await exported()).conversation.of('exported')[0].notes.map(({ code }) => code)).toEqual(['formulaText', 'formulaId']);
    const long = ['id,time,x', ...['a', 'b', 'c', 'd'].flatMap((id) => [0, 1, 2, 3].map((t) => `${id},${t},${t + 1}`))].filter((line) => line !== 'b,2,3').join('\n');
    const { conversation, files } = await exported(long);
    expect(conversation.of('exported')[0].notes).toMatchObject([{ code: 'insertedRow', count: 1, message: expect.stringMatching(/no row for «b» at «2»/) }]);
    expect(files.get('imputed.csv')!.split('\n')).toHaveLength(17);
  });

  it('writes run.json with what is needed to repeat the run', async () => {
    const { files, shot, conversation } = await exported();
    const run = JSON.parse(files.get('run.json')!);
    expect(run).toMatchObject({
      version: '0.0.0',
      file: { name: 'four.csv', bytes: Buffer.byteLength(TEXT), sha256: createHash('sha256').update(TEXT).digest('hex') },
      import: conversation.of('dataset')[0].plan,
      spec: conversation.of('runStarted')[0].start.spec,
      seed: 7,
      backend: 'cpu',
      epoch: 3,
      map: { columns: 'x and y of assignments.csv', method: 'tsne', epoch: 3 },
      metrics: shot.metrics,
      imputation: shot.imputation,
      protocol: expect.stringContaining('all 4 series (pooled)'),
      clusterNumbering: expect.stringContaining('from 0'),
    });
    expect(run.losses).toEqual(conversation.of('losses').map(({ epoch, losses }) => ({ epoch, ...losses })));
    expect(run.seconds).toEqual(conversation.of('losses').map(({ seconds }) => seconds));
    expect(run.imputation).toMatchObject({ asked: 0.2, achieved: expect.closeTo(0.2, 1) });
    expect(run.imputationNote).toBeNull();
    expect(run.metrics).toMatchObject({ n: 4, allInOneRandIndex: 1 / 3 });
  });

  it('says in run.json which steps cannot be undone exactly, beside the steps', async () => {
    const steps = [{ step: 'smooth', options: { filter: 'gaussian', width: 1, degree: 2 } }] as const;
    const run = JSON.parse((await exported(TEXT, { ...spec.preparation, steps })).files.get('run.json')!);
    expect(run.spec.preparation.steps).toEqual(steps);
    expect(run.imputationNote).toMatch(/^Smooth: cannot be undone/);
  });

  it('says what is missing before the first epoch has ended', async () => {
    const conversation = converse(testServices({ method: () => tinyMethod() }));
    conversation.runner.handle({ kind: 'export', requestId: 1, files: ['run'], map: null });
    conversation.runner.handle({ kind: 'open', requestId: 1, source: { kind: 'text', name: 'a.csv', text: 'x' } });
    conversation.runner.handle({ kind: 'train', runId: 1, spec, backend: 'cpu', paused: true });
    await conversation.runner.idle();
    conversation.runner.handle({ kind: 'export', requestId: 2, files: ['latent'], map: null });
    await conversation.runner.idle();
    expect(conversation.of('exportFailed').map(({ failure }) => failure.message)).toEqual([expect.stringContaining('Train on a data set first'), expect.stringContaining('before the first epoch')]);
  });
});
