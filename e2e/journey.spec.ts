import type { Page } from '@playwright/test';
import { gappyTable, parseCsv } from './data';
import { expect, test } from './fixtures';
import type { Workbench } from './pages/Workbench';

const table = gappyTable();
const series = table.rows.length;
const steps = table.header.length - 2;
const missing = table.rows.flatMap((row) => row.slice(2)).filter((cell) => cell === '').length;

test('a file is dropped, trained, paused, stepped, replayed, a cluster selected, and all files read back equal', async ({ workbench, page, ledger, backend }) => {
  await workbench.open({ watch: true });

  await test.step('drop', async () => {
    await workbench.drop('gappy.csv', table.csv);
    await workbench.ready();
    await expect(page.getByTestId('dataset')).toContainText('gappy.csv');
    await expect(page.getByTestId('dataset')).toContainText(`${series} × ${steps} × 1`);
    await expect(page.getByTestId('backend')).toHaveText(backend === 'webgpu' ? 'WebGPU' : 'WASM');
  });

  await test.step('train', async () => {
    await workbench.set('Clusters', 3);
    await workbench.set('Epochs', 5000);
    await workbench.train.click();
    await workbench.reachesEpoch(2);
  });

  await test.step('pause', async () => {
    await workbench.button('Pause').click();
    await workbench.reaches('paused');
    const stopped = await workbench.epochNumber();
    await page.waitForTimeout(1000);
    expect(await workbench.epochNumber()).toBe(stopped);
  });

  await test.step('step', async () => {
    const before = await workbench.epochNumber();
    await workbench.button('Step').click();
    await workbench.reachesEpoch(before + 1);
    await workbench.reaches('paused');
    expect(await workbench.epochNumber()).toBe(before + 1);
  });

  await test.step('go on, then stop', async () => {
    const before = await workbench.epochNumber();
    await workbench.button('Play').click();
    await workbench.reachesEpoch(before + 3);
    await workbench.button('Stop').click();
    await workbench.reaches('stopped');
  });

  await test.step('replay', () => replay(workbench, page));
  await test.step('select a cluster', () => selectCluster(workbench, page));
  await test.step('take away', () => takeAway(workbench, backend));

  expect(ledger.requests.length).toBeGreaterThan(3);
});

async function replay(workbench: Workbench, page: Page): Promise<void> {
  const replayed = workbench.panel('replay');
  const notes = ['map', 'losses', 'scores', 'clusters', 'series', 'table'].map((name) => workbench.panel(name).locator('.panel-note'));
  const last = await workbench.epochNumber();
  await expect(replayed.locator('output')).toHaveText(`epoch ${last} of ${last}`);
  await replayed.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect(replayed.locator('output')).not.toHaveText(`epoch ${last} of ${last}`);
  const first = (await replayed.locator('output').textContent())?.match(/epoch (\d+)/)?.[1];
  for (const note of notes) await expect(note).toContainText(`epoch ${first} of`);
  await page.keyboard.press('End');
  for (const note of notes) await expect(note).toContainText(`epoch ${last} of`);
}

async function selectCluster(workbench: Workbench, page: Page): Promise<void> {
  const card = workbench.panel('clusters').locator('.cluster-card:enabled').first();
  const size = Number((await card.getAttribute('aria-label'))?.match(/: (\d+) series/)?.[1]);
  await card.click();
  await expect(card).toHaveAttribute('aria-pressed', 'true');
  const list = workbench.panel('table');
  await list.getByLabel('Selected only').check();
  await expect(list).toContainText(`${size} of ${series}`);
  await expect(list.getByRole('row', { selected: true }).first()).toBeVisible();
  await list.getByLabel('Selected only').uncheck();
  await card.focus();
  await page.keyboard.press('Escape');
  await expect(card).toHaveAttribute('aria-pressed', 'false');
}

async function takeAway(workbench: Workbench, backend: string): Promise<void> {
  const files = await workbench.takeAway();
  expect(Object.keys(files).sort()).toEqual(['assignments.csv', 'filled-cells.csv', 'imputed.csv', 'latent.csv', 'run.json']);
  const sent = await workbench.lastSnapshot();
  const last = await workbench.epochNumber();
  expect(sent.epoch).toBe(last);

  const assignments = parseCsv(files['assignments.csv']);
  expect(assignments[0]).toEqual(['id', 'cluster', 'confidence', 'x', 'y']);
  expect(assignments.slice(1).map(([id]) => id)).toEqual(table.rows.map(([id]) => id));
  expect(assignments.slice(1).map(([, cluster]) => Number(cluster))).toEqual(sent.assignments);
  expect(assignments.slice(1).map(([, , confidence]) => Number(confidence))).toEqual(sent.confidence);
  for (const [, , , x, y] of assignments.slice(1)) expect([Number(x), Number(y)].every(Number.isFinite) && x !== '' && y !== '').toBe(true);

  const latents = parseCsv(files['latent.csv']).slice(1);
  expect(latents.flatMap(([, ...numbers]) => numbers.map(Number))).toEqual(sent.latents);

  const imputed = parseCsv(files['imputed.csv']);
  expect(imputed[0]).toEqual(table.header);
  expect(imputed.slice(1).map((row) => row.length)).toEqual(table.rows.map((row) => row.length));
  const filled: { row: number; column: number; value: number }[] = [];
  table.rows.forEach((row, r) => row.forEach((cell, c) => {
    const now = imputed[r + 1][c];
    if (cell === '') filled.push({ row: r, column: c, value: Number(now) });
    else expect(now, `row ${r + 1}, column ${c + 1}`).toBe(cell);
  }));
  expect(filled).toHaveLength(missing);
  for (const { value } of filled) {
    expect(Number.isFinite(value)).toBe(true);
    expect(sent.imputed).toContain(value);
  }

  const cells = parseCsv(files['filled-cells.csv']);
  expect(cells.slice(1).map((row) => Number(row[cells[0].indexOf('value')]))).toEqual(filled.map(({ value }) => value));

  const run = JSON.parse(files['run.json']);
  expect(run).toMatchObject({ backend, epoch: last, seed: run.spec.seed, spec: { method: 'crli', clusters: 3, epochs: 5000 }, file: { name: 'gappy.csv', bytes: Buffer.byteLength(table.csv) } });
  expect(run.losses.map(({ epoch }: { epoch: number }) => epoch)).toEqual(Array.from({ length: last }, (_, i) => i + 1));
  expect(Object.keys(run.metrics)).toEqual(expect.arrayContaining(['randIndex', 'adjustedRandIndex', 'normalizedMutualInformation', 'accuracy', 'purity', 'allInOneRandIndex']));
  expect(run.imputation.hidden).toBeGreaterThan(0);
}

test('the same seed gives the same files twice', async ({ workbench, page }) => {
  const once = async (): Promise<Record<string, string>> => {
    await workbench.open();
    await workbench.drop('gappy.csv', table.csv);
    await workbench.ready();
    await workbench.set('Epochs', 3);
    await workbench.train.click();
    await workbench.reaches('done');
    return workbench.takeAway();
  };
  const first = await once();
  await page.goto('about:blank');
  const second = await once();
  for (const name of ['latent.csv', 'imputed.csv', 'filled-cells.csv']) expect(second[name], name).toBe(first[name]);
  expect(JSON.parse(second['run.json']).losses).toEqual(JSON.parse(first['run.json']).losses);
});
