import { defaultOptions } from '../../core/catalog';
import type { RunSpec } from '../../core/run';
import { sampleIds, type SampleId } from '../../engine/protocol';
import { knownSpec } from './persistExperiment';

const MARK = '#run=';

/** What a link asks for: settings, and the sample they are for where it is one. Never data of the person's own. */
export interface LinkedRun {
  spec: RunSpec;
  sample: SampleId | null;
}

/** A link to this page with the settings, options at their defaults left out; behind the #, so that no server sees them. */
export function linkTo(page: string, { spec: { version: _, options, ...spec }, sample }: LinkedRun): string {
  const usual = defaultOptions(spec.method);
  const own = Object.fromEntries(Object.entries(options).filter(([key, value]) => value !== usual[key]));
  return `${page.replace(/[?#].*$/s, '')}${MARK}${encodeURIComponent(JSON.stringify({ ...spec, options: own, ...(sample !== null && { sample }) }))}`;
}

/** The settings behind the # of an address, as far as this version knows them; null where there are none. */
export function linkedRun(hash: string, initial: RunSpec): LinkedRun | null {
  if (!hash.startsWith(MARK)) return null;
  try {
    const read = JSON.parse(decodeURIComponent(hash.slice(MARK.length))) as { sample?: unknown };
    const spec = knownSpec(read, initial);
    return spec && { spec, sample: sampleIds.find((id) => id === read.sample) ?? null };
  } catch {
    // A link cut short counts as none.
    return null;
  }
}
