import { createAppStore } from './createAppStore';
import type { EnginePort } from './engine';
import { initialState } from './initial';
import { linkedRun } from './link';
import { lazyPort } from './lazyPort';
import { backendFromAddress, keepView, keptView, pageStorage, threadsFromAddress } from './persist';
import { keepExperiment, keptExperiment } from './persistExperiment';

const storage = pageStorage();
const initial = initialState();
const address = globalThis.location?.search ?? '';
const linked = linkedRun(globalThis.location?.hash ?? '', initial.experiment);

const port = lazyPort(
  async (): Promise<EnginePort> => {
    const { createClient } = await import('../../engine/client');
    const client = createClient();
    client.send({ kind: 'setThreads', threads: store.getState().engine.threads });
    client.send({ kind: 'probeBackends', requestId: 0, choice: store.getState().engine.backendChoice });
    return client;
  },
  (error) => {
    const { engine, dataset } = store.getState();
    const message = `The engine could not be loaded (${error instanceof Error ? error.message : String(error)}). Reload the page.`;
    store.setState({ engine: { ...engine, alive: false }, dataset: { ...dataset, status: 'failed', failure: { kind: 'internal', message } } });
  },
);

/** The page's store. Components read it by the hooks; charts at a high rate by `store.subscribe`. */
export const store = createAppStore({
  port,
  initial: {
    engine: { ...initial.engine, backendChoice: backendFromAddress(address), threads: threadsFromAddress(address) },
    ...keptExperiment(storage, initial.experiment),
    ...(linked !== null && { experiment: linked.spec, toRepeat: { from: '', spec: linked.spec, data: { name: '', bytes: 0 }, plan: null, weightsChanged: false, names: null } }),
    view: { ...initial.view, ...keptView(storage, globalThis.navigator?.languages ?? []) },
  },
});

if (linked?.sample) store.getState().actions.open({ kind: 'sample', id: linked.sample });
// Another link in the same tab changes nothing but the #.
globalThis.addEventListener?.('hashchange', () => linkedRun(location.hash, initial.experiment) && location.reload());

keepView(store, storage);
keepExperiment(store, storage);

/** Loads the engine before it is needed. */
export const warmEngine = port.warm;
