import { describe, expect, it } from 'vitest';
import { defaultOptions, methodEntry, methods, type MethodId } from '../catalog';
import { InputError } from '../lib/assert';
import { implementations } from '../methods';
import type { RunSpec, TrainingData } from '../run';

const classical = (Object.keys(methods) as MethodId[]).filter((id) => !methodEntry(id).trains);
const distances = methods.kMedoids.options.distance.choices;

/** Series of D variables, step by step; null = a gap. Series may differ in length. */
function data(series: (number | null)[][], d = 1): TrainingData {
  const n = series.length;
  const t = Math.max(...series.map((cells) => cells.length)) / d;
  const cells = series.flatMap((own) => Array.from({ length: t * d }, (_, at) => own[at] ?? null));
  const ends = Int32Array.from(series, (own) => own.length / d);
  const mask = Uint8Array.from(cells, (cell) => Number(cell !== null));
  return {
    n, t, d, mask, ends, starts: new Int32Array(n), values: Float32Array.from(cells, (cell) => cell ?? 0),
    gaps: Uint32Array.from([...mask.keys()].filter((cell) => mask[cell] === 0 && Math.floor(cell / d) % t < ends[Math.floor(cell / (t * d))])),
  };
}

const edges: Record<string, [TrainingData, number]> = {
  'one step': [data([[1], [2], [5], [6], [7]]), 2],
  'as many clusters as series': [data([[1, 2, 1], [5, 5, 4], [0, 0, 9], [3, 1, 3], [8, 8, 8]]), 5],
  'two series': [data([[1, 2, 1], [5, 5, 4]]), 2],
  'equal series': [data(Array.from({ length: 6 }, () => [1, 2, 3, 1])), 3],
  'constants': [data([[1, 1, 1], [1, 1, 1], [4, 4, 4], [4, 4, 4], [0, 0, 0], [0, 0, 0]]), 2],
  'series of one step among longer ones': [data([[1], [1, 2, 3, 4], [5], [4, 3, 2, 1], [1, 2], [2, 2, 2, 2]]), 2],
  'a single observed cell in each': [data([[1, null, null], [null, 2, null], [null, null, 5], [1, null, null], [null, 3, null]]), 2],
  'no variable in common': [data([[1, null, 2, null, 3, null], [null, 4, null, 4, null, 1], [2, null, 2, null, 1, null], [null, 1, null, 2, null, 3], [1, null, 5, null, 3, null]], 2), 2],
  'a variable never observed': [data([[1, null, 2, null], [3, null, 4, null], [9, null, 8, null], [9, null, 9, null], [1, null, 1, null]], 2), 2],
  'values of 1e15': [data([[1e15, 2e15, 0], [-1e15, 0, 3e15], [1, 2, 3], [1, 2, 4], [2e15, 2e15, 1]]), 2],
};

async function labelsOf(method: MethodId, [on, clusters]: [TrainingData, number], options: RunSpec['options'] = {}): Promise<Int32Array | InputError> {
  const spec: RunSpec = { version: 1, method, clusters, seed: 1, epochs: 1, options: { ...defaultOptions(method), ...options }, preparation: { standardise: 'none' }, hideRate: 0 };
  try {
    let labels: Int32Array = new Int32Array(0);
    for await (const report of implementations[method].run(on, spec, { options: spec.options })) {
      if (report.kind !== 'epoch') continue;
      const { assignments, latents, imputed, confidence } = report.snapshot;
      for (const numbers of [latents, imputed, confidence, Object.values(report.losses)]) expect([...numbers].every(Number.isFinite), 'finite').toBe(true);
      labels = assignments;
    }
    return labels;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

describe.each(Object.entries(edges))('%s', (name, edge) => {
  it.each(classical)('gets a label for each series from %s', async (method) => {
    const labels = await labelsOf(method, edge);
    if (labels instanceof InputError) {
      expect([method, name]).toEqual(['umapKMeans', 'two series']);
      expect(labels.message).toContain('needs at least 4 series');
      return;
    }
    expect(labels.length).toBe(edge[0].n);
    expect(labels.every((label) => label >= 0 && label < edge[1])).toBe(true);
    if (name === 'as many clusters as series' && method !== 'umapKMeans') expect(new Set(labels).size).toBe(5);
  });

  it.each(distances)('can be compared by the distance %s', async (distance) => {
    for (const method of ['kMedoids', 'hierarchical', 'spectral'] as const) {
      const labels = await labelsOf(method, edge, { distance, window: 1 });
      expect(labels).toHaveLength(edge[0].n);
    }
  });
});
