import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { SampleId, Source } from '../protocol';
import type { Port, Surroundings } from './port';

/** Samples that are files, by their address from the page. */
const SAMPLE_FILES: Partial<Record<SampleId, string>> = { airQuality: 'samples/air-quality.csv', messy: 'samples/messy.csv' };

/** The real workers, network and clock of a page. */
export function pageSurroundings(): Surroundings {
  return {
    engine: () => new Worker(new URL('../engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' }) as Port,
    projector: () => new Worker(new URL('../projector.worker.ts', import.meta.url), { type: 'module', name: 'projector' }) as Port,
    reference: () => new Worker(new URL('../reference.worker.ts', import.meta.url), { type: 'module', name: 'reference' }) as Port,
    sampleFile(id) {
      const url = SAMPLE_FILES[id];
      return url === undefined ? null : fetchSample(url);
    },
    async wasmBinary() {
      try {
        const response = await fetch(wasmUrl);
        return response.ok ? await response.arrayBuffer() : null;
      } catch {
        return null;
      }
    },
    now: () => performance.now(),
    every(milliseconds, callback) {
      const timer = setInterval(callback, milliseconds);
      return () => clearInterval(timer);
    },
  };
}

async function fetchSample(url: string): Promise<Source> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The sample could not be loaded (${response.status}). Reload the page and try again.`);
  return { kind: 'file', name: url.slice(url.lastIndexOf('/') + 1), file: await response.blob() };
}
