import { readFileSync } from 'node:fs';
import { expect, type Download, type Locator, type Page } from '@playwright/test';
import type { RunSnapshot } from '../../src/engine/protocol';

type Recorded = Pick<RunSnapshot, 'epoch'> & { latents: number[]; assignments: number[]; confidence: number[]; imputed: number[] };

/** The workbench as a person sees it: found by roles and names. */
export class Workbench {
  readonly train: Locator;
  readonly browse: Locator;
  readonly state: Locator;
  readonly epoch: Locator;
  readonly notices: Locator;

  constructor(
    readonly page: Page,
    readonly backend: string,
  ) {
    this.train = page.getByRole('button', { name: 'Train', exact: true });
    this.browse = page.locator('button', { hasText: 'Browse…' });
    this.state = page.getByTestId('run-state');
    this.epoch = page.getByTestId('epoch');
    this.notices = this.panel('notices');
  }

  /** Opens the page; `watch` keeps a copy of each snapshot that the engine sends, to compare files with. */
  async open({ watch = false, query = '' } = {}): Promise<void> {
    if (watch) await this.page.addInitScript(recordSnapshots);
    await this.page.goto(`/?backend=${this.backend}${query}`);
    await expect(this.browse).toBeVisible();
  }

  panel(name: string): Locator {
    return this.page.locator(`[data-panel="${name}"]`);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Drops a file on the window, as from a folder. */
  async drop(name: string, content: string): Promise<void> {
    const dataTransfer = await this.page.evaluateHandle(
      ([fileName, text]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], fileName, { type: 'text/csv' }));
        return transfer;
      },
      [name, content],
    );
    for (const type of ['dragenter', 'dragover', 'drop']) await this.page.dispatchEvent('body', type, { dataTransfer });
  }

  /** Chooses a file in the file dialog. */
  async choose(name: string, content: string | Buffer): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.browse.click();
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  }

  async ready(): Promise<void> {
    await expect(this.train).toBeEnabled();
  }

  async set(field: string, value: number): Promise<void> {
    const input = this.page.getByRole('spinbutton', { name: field }).or(this.page.getByLabel(field, { exact: false })).first();
    await input.fill(String(value));
    await input.press('Tab');
  }

  async go(step: 'Data' | 'Explore' | 'Export'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step }).click();
  }

  async reaches(state: 'running' | 'paused' | 'done' | 'stopped' | 'failed', timeout = 280_000): Promise<void> {
    await expect(this.state.and(this.page.locator(`[data-state=failed], [data-state=${state}]`))).toBeVisible({ timeout });
    if ((await this.state.getAttribute('data-state')) !== state) throw new Error(`The run failed: ${await this.notices.textContent()}`);
  }

  async epochNumber(): Promise<number> {
    return Number((await this.epoch.textContent())?.replace(/\D/g, ''));
  }

  async reachesEpoch(epoch: number, timeout = 280_000): Promise<void> {
    await expect.poll(() => this.epochNumber(), { timeout }).toBeGreaterThanOrEqual(epoch);
  }

  /** Has all files written, downloads them, so many, and returns their texts by what they are: the name without data and day. */
  async takeAway(count = 5): Promise<Record<string, string>> {
    await this.go('Export');
    await this.button('Prepare files').click();
    await expect(this.button('Download all')).toBeVisible();
    const downloads: Download[] = [];
    const collect = (download: Download): void => void downloads.push(download);
    this.page.on('download', collect);
    await this.button('Download all').click();
    await expect.poll(() => downloads.length).toBe(count);
    this.page.off('download', collect);
    const files = await Promise.all(downloads.map(async (download) => [download.suggestedFilename().replace(/^.*_/, ''), readFileSync(await download.path(), 'utf8')] as const));
    return Object.fromEntries(files);
  }

  /** The last snapshot that the engine sent. */
  lastSnapshot(): Promise<Recorded> {
    return this.page.evaluate(() => {
      const { snapshots } = window as unknown as { snapshots: RunSnapshot[] };
      const last = snapshots[snapshots.length - 1];
      return { epoch: last.epoch, latents: [...last.latents], assignments: [...last.assignments], confidence: [...last.confidence], imputed: [...last.imputed] };
    });
  }
}

/** Runs in the page before its own scripts: listens to every worker. */
function recordSnapshots(): void {
  const snapshots: unknown[] = [];
  Object.assign(window, { snapshots });
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }) => {
        if (data?.kind === 'snapshot') snapshots.push(structuredClone(data.snapshot));
      });
    }
  };
}
