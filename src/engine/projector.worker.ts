/** The projections' thread: connects the loop to messages. */
import { createProjector } from '../core/projection/project';
import { createProjectionLoop } from './projectionLoop';
import { transferables, type ProjectionCommand } from './protocol';
import { nextTurn } from './turn';

const loop = createProjectionLoop((event) => self.postMessage(event, { transfer: transferables(event) }), { createProjector, now: () => performance.now(), nextTurn });

self.onmessage = ({ data }: MessageEvent<ProjectionCommand>) => {
  loop.handle(data);
  if (data.kind === 'project') loop.idle().catch((error: unknown) => self.reportError(error));
};
