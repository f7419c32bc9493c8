/** One side of a comparison: a process of its own, so that no side runs on what another has compiled or registered. */
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
async function timed(run: () => Tensor[]): Promise<StepTime> {
  const started = performance.now();
  const cpuStarted = process.cpuUsage();
  const terms = run();
  const losses = (await Promise.all(terms.map(async (term) => [...(await term.data())]))).flat();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuStarted);
  terms.forEach((term) => term.dispose());
  return { ms, cpu: (user + system) / 1000, losses };
}

/** The child's end of {@link childSide}: `start` makes a step out of the problem. */
export async function serve<A>(start: (problem: A) => () => Tensor[]): Promise<void> {
  let step: (() => Tensor[]) | null = null;
  for await (const line of createInterface({ input: process.stdin })) {
    if (step) console.log(JSON.stringify(await timed(step)));
    else {
      step = start(JSON.parse(line) as A);
      console.log('{}');
    }
  }
}

/** A program that reads one line of JSON and answers with one line, then makes a step for each further line and answers with its StepTime. */
export async function childSide(name: string, command: string, programArguments: string[], problem: object, threads = 1): Promise<Side> {
  const child = spawn(command, programArguments, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, OMP_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) } });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]): string[] => {
    throw new Error(`${name} ended with code ${code}`);
  });
  ended.catch(() => undefined); // it ends when it is told to stop
  const ask = async (line: string): Promise<StepTime> => {
    const answer = Promise.race([once(lines, 'line'), ended]);
    child.stdin.write(`${line}\n`);
    return JSON.parse((await answer)[0] as string) as StepTime;
  };
  await ask(JSON.stringify(problem));
  return { name, step: () => ask('step'), stop: () => void child.stdin.end() };
}
