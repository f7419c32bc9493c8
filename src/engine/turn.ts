/**
 * Resolves in a new task of the event loop, so that messages which wait are heard first. Not a timer: browsers
 * slow timers down, nested ones to 4 ms and those of hidden pages far more.
 */
export const nextTurn: () => Promise<void> = createNextTurn();

function createNextTurn(): () => Promise<void> {
  const immediate = (globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate;
  if (immediate) return () => new Promise((resolve) => void immediate(resolve));
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
