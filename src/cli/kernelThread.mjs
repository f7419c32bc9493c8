/** The file that a thread of WASM starts from under Node, which takes no TypeScript for a worker's first file. */
import { register } from 'tsx/esm/api';

register();
await import('./kernelThread.ts');
