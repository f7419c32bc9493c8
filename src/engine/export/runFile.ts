import { lossyNote } from '../run/lossyNote';
import { methodEntry } from '../../core/catalog';
import { validity } from '../../core/metrics/validity';
import type { ExportMap } from '../protocol';
import type { RunRecord } from '../run/run';
import type { Dataset } from '../dataset';

/** The content of run.json: what was run, on what, how it went, and how it was scored. */
export async function runFile(dataset: Dataset, { start, journal }: RunRecord, map: ExportMap | null, version: string, clusterNames: Readonly<Record<number, string>>): Promise<Record<string, unknown>> {
  const { set, source, plan, report } = dataset;
  const { spec, backend, protocol, notes, fromEpoch } = start;
  return {
    application: 'Lacuna',
    version,
    file: { name: source.name, bytes: source.bytes.size, sha256: await sha256(source.bytes) },
    import: plan,
    data: { series: set.n, steps: set.t, variables: set.variables, label: set.labels?.name ?? null, classes: set.labels?.names ?? null, rows: report.rows, cells: report.cells },
    spec,
    seed: spec.seed,
    fromEpoch,
    optionChanges: journal.optionChanges,
    backend: backend.name,
    device: backend.device,
    backendReason: backend.reason,
    backendsMeasured: backend.measured ?? null,
    clusterNumbering: 'Clusters count from 0, in the files as on the screen. namedClustering: the cluster of each series, in the order of assignments.csv, when they had these names.',
    clusterNames,
    namedClustering: journal.snapshot && Object.keys(clusterNames).length > 0 ? journal.snapshot.assignments.join(' ') : null,
    map: map && { columns: 'x and y of assignments.csv', method: map.method, epoch: map.epoch },
    relevance: journal.snapshot?.relevance ? { file: 'relevance.csv', epoch: journal.snapshot.epoch, how: methodEntry(spec.method).relevance } : null,
    protocol,
    epoch: journal.snapshot?.epoch ?? fromEpoch,
    metrics: journal.snapshot?.metrics ?? null,
    validity: journal.snapshot && { space: methodEntry(spec.method).trains ? 'latents' : 'points of latent.csv', ...validity(journal.snapshot.latents, journal.snapshot.latentWidth, journal.snapshot.assignments) },
    imputation: journal.snapshot?.imputation ?? null,
    imputationUnit: 'rmse and mae: standard deviations of each variable; perVariable: original units',
    preparationNotes: notes,
    imputationNote: lossyNote(spec.preparation.steps),
    losses: journal.losses.map(({ epoch, losses }) => ({ epoch, ...losses })),
    seconds: journal.losses.map(({ seconds }) => seconds),
  };
}

/** SHA-256 of the bytes in hexadecimal; null where the page is not served in a secure context. */
async function sha256(bytes: Blob): Promise<string | null> {
  const { subtle } = globalThis.crypto;
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', await bytes.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
