import { createStore, type StoreApi } from 'zustand/vanilla';
import { createActions } from './actions';
import { applyEngineEvent } from './applyEngineEvent';
import type { EnginePort } from './engine';
import { initialState } from './initial';
import type { AppState, Store } from './state';
import { withNextFrame } from './withNextFrame';

export interface StoreOptions {
  port: EnginePort;
  initial?: Partial<AppState>;
  newSeed?: () => number;
  /** Calls back later, default with the next frame: the events up to then are one change. A test may call back at once. */
  defer?: (flush: () => void) => void;
}

/** The one store: state, actions that send commands, and the engine's events reduced into it. */
export function createAppStore({ port, initial, newSeed, defer = withNextFrame }: StoreOptions): StoreApi<Store> {
  const store = createStore<Store>()((set, get) => ({
    ...initialState(),
    ...initial,
    actions: createActions({
      get,
      set,
      send: (command) => port.send(command),
      newSeed: newSeed ?? (() => 1 + Math.floor(Math.random() * 999_999)),
    }),
  }));

  const waiting: Parameters<typeof applyEngineEvent>[1][] = [];
  const flush = (): void => {
    const events = waiting.splice(0);
    store.setState((state) => events.reduce<AppState>((now, event) => applyEngineEvent(now, event), state));
  };
  port.subscribe((event) => {
    if (waiting.push(event) === 1) defer(flush);
  });
  return store;
}
