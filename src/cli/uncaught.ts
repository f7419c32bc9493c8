const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Errors that nobody catches end the program with one line and code 1. tfjs's WASM glue adds listeners of its own that
 * make Node print a page of minified source instead; they are taken off again.
 */
export function reportUncaught(): void {
  for (const event of EVENTS) process.on(event, giveUp);
  process.on('newListener', (event: string | symbol, listener: (...args: unknown[]) => void) => {
    const known = EVENTS.find((one) => one === event);
    if (known !== undefined && listener !== giveUp) queueMicrotask(() => process.off(known, listener));
  });
}

function giveUp(error: unknown): never {
  // a reader that went away, as with `| head`, hears no more lines
  if ((error as { code?: string }).code !== 'EPIPE') process.stderr.write(oneLine(error));
  process.exit(1);
}

/** `cluster: …` without line breaks. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `cluster: ${message.replaceAll(/\s*\n\s*/g, ' ')}\n`;
}
