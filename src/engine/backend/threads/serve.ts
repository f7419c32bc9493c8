import { CALL, DONE, EXPORT, FAILED, MODULE, ROUND, takeJob, type Assignment } from './control';

type Job = (job: number, call: number) => void;

/**
 * The work of a thread, for ever: waits for a call and takes jobs of it. Blocks, so the thread hears no message more.
 *
 * @param ready is called once the modules stand
 */
export function serveJobs({ control, memory, modules }: Assignment, ready: () => void): never {
  const exports = modules.map((module) => {
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    return WebAssembly.Module.exports(module).map(({ name }) => instance.exports[name] as Job);
  });
  let round = Atomics.load(control, ROUND);
  ready();
  for (;;) {
    for (let job = takeJob(control); job >= 0; job = takeJob(control)) {
      try {
        exports[Atomics.load(control, MODULE)][Atomics.load(control, EXPORT)](job, Atomics.load(control, CALL));
      } catch {
        Atomics.store(control, FAILED, 1);
      }
      Atomics.add(control, DONE, 1);
      Atomics.notify(control, DONE);
    }
    Atomics.wait(control, ROUND, round);
    round = Atomics.load(control, ROUND);
  }
}
