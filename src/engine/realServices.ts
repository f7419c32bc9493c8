import { InputError } from '../core/lib/assert';
import { implementations } from '../core/methods';
import { readSeries } from '../core/series/reading';
import { sampleSource } from '../core/series/samples';
import { BackendLostError, chooseBackend, onFatal, onSlower } from './backend';
import type { Services } from './services';
import { nextTurn } from './turn';
import { version } from './version';

/** The services of a worker and of the command line. */
export const realServices: Services = {
  readSeries: ({ name, bytes }, plan, onProgress) => readSeries({ name, bytes }, plan, onProgress),
  async sample(id) {
    const source = sampleSource(id);
    if (!('text' in source)) throw new InputError(`The sample ${source.name} is a file; open that file.`);
    return { name: source.name, bytes: new Blob([source.text], { type: 'text/csv' }) };
  },
  method: (id) => implementations[id].run,
  apply: (id) => implementations[id].apply ?? null,
  relevance: (id) => implementations[id].relevance ?? null,
  chooseBackend,
  onFatal,
  onSlower,
  isBackendLost: (error) => error instanceof BackendLostError,
  now: () => performance.now(),
  nextTurn,
  version,
};
