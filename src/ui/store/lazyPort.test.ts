import { expect, it } from 'vitest';
import type { ClientCommand, ClientEvent } from '../../engine/protocol';
import type { EnginePort } from './engine';
import { lazyPort } from './lazyPort';

function engine() {
  const sent: ClientCommand[] = [];
  let hear: (event: ClientEvent) => void = () => {};
  const port: EnginePort = {
    send: (command) => sent.push(command),
    subscribe(listener) {
      hear = listener;
      return () => {};
    },
  };
  return { port, sent, say: (event: ClientEvent) => hear(event) };
}

const pause = (runId: number): ClientCommand => ({ kind: 'pause', runId });

it('loads the engine once, at the first command, and sends what waited in order', async () => {
  const { port, sent, say } = engine();
  let loads = 0;
  const lazy = lazyPort(
    async () => {
      loads += 1;
      return port;
    },
    () => {},
  );
  const heard: ClientEvent[] = [];
  lazy.subscribe((event) => heard.push(event));
  expect(loads).toBe(0);
  lazy.send(pause(1));
  lazy.send(pause(2));
  lazy.warm();
  await Promise.resolve();
  await Promise.resolve();
  lazy.send(pause(3));
  say({ kind: 'ready' });
  expect(loads).toBe(1);
  expect(sent).toEqual([pause(1), pause(2), pause(3)]);
  expect(heard).toEqual([{ kind: 'ready' }]);
});

it('tells when the engine cannot be loaded', async () => {
  const told = await new Promise<unknown>((resolve) => {
    lazyPort(() => Promise.reject(new Error('offline')), resolve).warm();
  });
  expect(told).toEqual(new Error('offline'));
});
