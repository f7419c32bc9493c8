/** One side of a comparison, in this process or in one of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Tensor } from '@tensorflow/tfjs-core';

export interface StepTime {
  /** Milliseconds on the clock. */
  ms: number;
  /** Milliseconds of processor time, which neighbours on the machine do not stretch. */
  cpu: number;
  losses: number[];
}

export interface Side {
  name: string;
  step(): Promise<StepTime>;
  stop(): void;
}

/** Runs a step of tfjs operations and reads its losses back; the time includes the reading. */
export async function timed(run: () => Tensor[]): Promise<StepTime> {
  const started = performance.now();
  const cpuStarted = process.cpuUsage();
  const terms = run();
  const losses = (await Promise.all(terms.map(async (term) => [...(await term.data())]))).flat();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuStarted);
  terms.forEach((term) => term.dispose());
  return { ms, cpu: (user + system) / 1000, losses };
}

/**
 * A program that reads one line of JSON and answers with one line, then makes a step for each further line and
 * answers with its StepTime. It runs on one thread.
 */
export async function childSide(name: string, command: string, programArguments: string[], problem: object): Promise<Side> {
  const child = spawn(command, programArguments, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' } });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]): string[] => {
    if (code !== 0) throw new Error(`${name} ended with code ${code}`);
    return ['null'];
  });
  const ask = async (line: string): Promise<StepTime> => {
    const answer = Promise.race([once(lines, 'line'), ended]);
    child.stdin.write(`${line}\n`);
    return JSON.parse((await answer)[0] as string) as StepTime;
  };
  await ask(JSON.stringify(problem));
  return { name, step: () => ask('step'), stop: () => void child.stdin.end() };
}
