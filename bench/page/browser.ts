import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chromium, type CDPSession, type Page, type Response } from '@playwright/test';
import { browserArgs, findBrowser } from '../../scripts/findBrowser.mjs';
import { serve } from '../../scripts/serve.mjs';

export interface OpenApp {
  page: Page;
  close(): Promise<void>;
}

export function buildApp(): void {
  const { status, stderr } = spawnSync('npm', ['run', 'build'], { encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`The app could not be built: ${stderr}`);
}

/** Serves the built app and opens it in a Chromium without a window; null where there is no Chromium. */
export async function openApp(script: () => void, query = '', heard: (response: Response) => void = () => {}): Promise<OpenApp | null> {
  const executablePath = findBrowser();
  if (executablePath === null) return null;
  const { url, close } = await serve({ port: 0 });
  const browser = await chromium.launch({ executablePath, args: browserArgs });
  const page = await browser.newPage({ viewport: { width: 1440, height: 1800 }, locale: 'en-GB' });
  // esbuild, which runs the bench, wraps functions in a helper that the page lacks
  await page.addInitScript(`globalThis.__name = (named) => named; (${script})();`);
  page.on('response', heard);
  await page.goto(`${url}/${query}`);
  return {
    page,
    async close() {
      await browser.close();
      await close();
    },
  };
}

/** A task of the main thread. */
export interface Task {
  /** By the clock and by the processor, in milliseconds. The processor's does not grow when other programs take the core. */
  wall: number;
  cpu: number;
  /** When it began, in milliseconds of the page's own clock. */
  at: number;
}

/** Processor time of the main thread between two times of the page's clock. */
export function processorTime(tasks: readonly Task[], from: number, to: number): number {
  return tasks.reduce((sum, { at, wall, cpu }) => {
    const overlap = Math.min(to, at + wall) - Math.max(from, at);
    return overlap > 0 ? sum + (cpu * overlap) / wall : sum;
  }, 0);
}

interface TraceEvent {
  ph: string;
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string; data?: { startTime?: number } };
}

const MARK = 'lacuna-bench';

/** Traces the tasks of the page's main thread until the function it returns is called. */
export async function traceTasks(page: Page): Promise<() => Promise<Task[]>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', '__metadata', 'blink.user_timing'], excludedCategories: ['*'] } });
  return async () => {
    // one moment in both clocks, the trace's and the page's
    await page.evaluate((name) => performance.mark(name), MARK);
    const complete = once(session as unknown as NodeJS.EventEmitter, 'Tracing.tracingComplete');
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const mains = new Set(events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`));
    const mark = events.find(({ name }) => name === MARK);
    const zero = mark === undefined ? 0 : mark.ts / 1000 - (mark.args?.data?.startTime ?? 0);
    return events.filter(({ ph, name, pid, tid }) => ph === 'X' && name === 'ThreadControllerImpl::RunTask' && mains.has(`${pid} ${tid}`)).map(({ ts, dur = 0, tdur = 0 }) => ({ wall: dur / 1000, cpu: tdur / 1000, at: ts / 1000 - zero }));
  };
}
