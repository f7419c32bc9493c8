/** Counts what a page asks of its GPU, at the boundary of WebGPU, whatever runs above it. */

export interface GpuCounts {
  dispatches: number;
  submits: number;
  readbacks: number;
  bytesRead: number;
  pipelines: number;
}

/** Starts counting. @returns what was counted so far, or since an earlier answer. */
export function watchGpu(): (since?: GpuCounts) => GpuCounts {
  const counts: GpuCounts = { dispatches: 0, submits: 0, readbacks: 0, bytesRead: 0, pipelines: 0 };
  before(globalThis.GPUComputePassEncoder, 'dispatchWorkgroups', () => (counts.dispatches += 1));
  before(globalThis.GPUQueue, 'submit', () => (counts.submits += 1));
  before(globalThis.GPUDevice, 'createComputePipeline', () => (counts.pipelines += 1));
  before(globalThis.GPUDevice, 'createComputePipelineAsync', () => (counts.pipelines += 1));
  before(globalThis.GPUBuffer, 'mapAsync', function (mode) {
    if (mode !== GPUMapMode.READ) return;
    counts.readbacks += 1;
    counts.bytesRead += (this as GPUBuffer).size;
  });
  return (since) => {
    const now = { ...counts };
    if (since) for (const key of Object.keys(now) as (keyof GpuCounts)[]) now[key] -= since[key];
    return now;
  };
}

/** Calls `notice` ahead of a method of every object of a class; nothing where the browser has no such class. */
function before(owner: { prototype: object } | undefined, name: string, notice: (this: unknown, ...args: unknown[]) => unknown): void {
  if (!owner) return;
  const methods = owner.prototype as Record<string, (...args: unknown[]) => unknown>;
  const method = methods[name];
  methods[name] = function (this: unknown, ...args: unknown[]) {
    notice.apply(this, args);
    return method.apply(this, args);
  };
}
