/** The projections' thread: connects the loop to messages. */
import { createProjector } from '../core/projection/project';
import type { createUmap } from '../core/projection/umapMap';
import { createProjectionLoop } from './projectionLoop';
import { transferables, type ProjectionCommand } from './protocol';
import { nextTurn } from './turn';

/** Its library is loaded when it is first asked for. */
let umap: typeof createUmap | undefined;

const loop = createProjectionLoop((event) => self.postMessage(event, { transfer: transferables(event) }), { createProjector: (options) => createProjector({ ...options, umap }), now: () => performance.now(), nextTurn });

const handle = async (command: ProjectionCommand): Promise<void> => {
  if (command.kind === 'configure' && command.method === 'umap') umap ??= (await import('../core/projection/umapMap')).createUmap;
  loop.handle(command);
  if (command.kind === 'project') loop.idle().catch(report);
};

const report = (error: unknown): void => self.reportError(error);

let handled: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<ProjectionCommand>) => {
  handled = handled.then(() => handle(data)).catch(report);
};
