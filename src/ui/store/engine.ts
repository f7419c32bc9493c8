import type { ClientCommand, ClientEvent } from '../../engine/protocol';

/** What the store needs of the engine's client; a test hands in one of its own. */
export interface EnginePort {
  send(command: ClientCommand): void;
  subscribe(listener: (event: ClientEvent) => void): () => void;
}
