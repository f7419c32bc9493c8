import { gappyTable } from './data';
import { expect, test } from './fixtures';
import type { Workbench } from './pages/Workbench';

interface RunFile {
  device: string;
  losses: object[];
  metrics: object;
}

const table = gappyTable({ series: 32, steps: 40 });

/** run.json of a short run on so many threads. */
async function runOn(workbench: Workbench, threads: number): Promise<RunFile> {
  await workbench.open({ query: `&threads=${threads}` });
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Clusters', 3);
  await workbench.set('Epochs', 6);
  await workbench.train.click();
  await workbench.reaches('done');
  return JSON.parse((await workbench.takeAway())['run.json']) as RunFile;
}

test('the page is isolated, and two threads make the run that one makes, to the last bit', async ({ workbench, page }) => {
  const two = await runOn(workbench, 2);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(two.device).toBe('SIMD, 2 threads');
  expect(page.workers().filter((worker) => /\/kernel\.worker-/.test(worker.url())).length).toBe(1);

  await page.getByTestId('backend').click();
  const sheet = page.locator('.backend-sheet');
  await expect(sheet).toContainText('SIMD, 2 threads');
  await sheet.getByLabel('Threads of WASM').selectOption('1');
  await expect(sheet).toContainText('SIMD, one thread');

  const one = await runOn(workbench, 1);
  expect(one.device).toBe('SIMD, one thread');
  expect(two.losses.length).toBe(6);
  expect(two.losses).toEqual(one.losses);
  expect(two.metrics).toEqual(one.metrics);
});
