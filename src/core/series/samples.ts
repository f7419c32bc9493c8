import { Random } from '../lib/random';
import type { SeriesSet } from './SeriesSet';
import { maskAtRandom } from './gaps';
import { cylinderBellFunnel, syntheticControl } from './synthetic';

export type SampleName = 'cbf20' | 'syntheticControl40' | 'airQuality' | 'messy';

/** A sample is text made here, or a file beside the page (to be fetched as a Blob: its encoding is part of it). */
export type SampleSource = { name: string; text: string } | { name: string; url: string };

/** The data behind a sample tile. The same name always gives the same data. */
export function sampleSource(id: SampleName): SampleSource {
  switch (id) {
    case 'cbf20': {
      const random = new Random(1994);
      return { name: 'cylinder-bell-funnel-20.csv', text: writeWide(maskAtRandom(cylinderBellFunnel(300, random), 0.2, random)) };
    }
    case 'syntheticControl40': {
      const random = new Random(1999);
      return { name: 'synthetic-control-40.csv', text: writeWide(maskAtRandom(syntheticControl(300, random), 0.4, random)) };
    }
    case 'airQuality':
      return { name: 'air-quality.csv', url: 'samples/air-quality.csv' };
    case 'messy':
      return { name: 'messy.csv', url: 'samples/messy.csv' };
  }
}

/** A wide CSV with four decimals; gaps are empty cells. */
function writeWide(set: SeriesSet): string {
  const lines = [`id,label,${set.time.texts.join(',')}`];
  for (let i = 0; i < set.n; i++) {
    const cells = Array.from({ length: set.t }, (_, k) => (set.mask[i * set.t + k] === 1 ? String(Math.round(set.values[i * set.t + k] * 1e4) / 1e4) : ''));
    lines.push([set.ids[i], set.labels!.names[set.labels!.codes[i]], ...cells].join(','));
  }
  return `${lines.join('\n')}\n`;
}
