import type { ClientCommand } from '../../engine/protocol';
import type { EnginePort } from './engine';

/**
 * A port whose engine is loaded by `load` when it is first needed, or by `warm()`, so that the first paint waits
 * for no worker. Commands sent before that wait in order. `failed` is called when the engine cannot be loaded.
 */
export function lazyPort(load: () => Promise<EnginePort>, failed: (error: unknown) => void): EnginePort & { warm(): void } {
  const listeners = new Set<Parameters<EnginePort['subscribe']>[0]>();
  const waiting: ClientCommand[] = [];
  let engine: EnginePort | null = null;
  let loading = false;

  const warm = (): void => {
    if (loading) return;
    loading = true;
    load().then((loaded) => {
      engine = loaded;
      loaded.subscribe((event) => {
        for (const listener of listeners) listener(event);
      });
      for (const command of waiting.splice(0)) loaded.send(command);
    }, failed);
  };

  return {
    warm,
    send(command) {
      if (engine) engine.send(command);
      else {
        waiting.push(command);
        warm();
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
