import { gappyTable, parseCsv } from './data';
import { expect, test } from './fixtures';

const table = gappyTable();

for (const method of ['kShape', 'hierarchical', 'spectral'] as const) {
  test(`${method} runs from the page, shows no epochs, and gives every series a cluster`, async ({ workbench, page }) => {
    await workbench.open();
    await workbench.drop('gappy.csv', table.csv);
    await workbench.ready();
    await workbench.set('Clusters', 3);
    await page.getByLabel('Method').first().selectOption(method);
    await expect(page.getByRole('spinbutton', { name: 'Epochs' })).toHaveCount(0);
    await workbench.train.click();
    await workbench.go('Explore');
    await workbench.reaches('done');
    await expect(workbench.panel('clusters').locator('.cluster-card')).toHaveCount(3);
    await expect(workbench.epoch).toHaveCount(0);
    await expect(page.getByRole('button', { name: /more epochs/ })).toHaveCount(0);
    const files = await workbench.takeAway();
    const [, ...rows] = parseCsv(files['assignments.csv']);
    expect(rows.length).toBe(table.rows.length);
  });
}

test('DTC trains from the page, and says why it ends before its last epoch', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Clusters', 3);
  await page.getByLabel('Method').first().selectOption('dtc');
  await workbench.set('Epochs', 60);
  await workbench.train.click();
  await workbench.reaches('done');
  expect(await workbench.epochNumber()).toBeLessThan(60);
  await expect(workbench.state).toHaveText('Done early: the clusters no longer change');
  await workbench.go('Explore');
  await expect(workbench.panel('clusters').locator('.cluster-card')).toHaveCount(3);
});

test('a weight that is changed during a run is in force at once, and run.json names the epoch', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Clusters', 3);
  await page.getByLabel('Method').first().selectOption('dtcr');
  await workbench.set('Epochs', 5000);
  await page.getByRole('button', { name: /^More/ }).click();
  await workbench.train.click();
  await workbench.reachesEpoch(2);
  await workbench.set('Weight decay', 0);
  const at = await workbench.epochNumber();
  await workbench.reachesEpoch(at + 2);
  await workbench.button('Stop').click();
  await workbench.reaches('stopped');
  const { optionChanges } = JSON.parse((await workbench.takeAway())['run.json']) as { optionChanges: { epoch: number; options: object }[] };
  expect(optionChanges).toEqual([{ epoch: expect.any(Number), options: { weightDecay: 0 } }]);
  expect(optionChanges[0].epoch).toBeGreaterThanOrEqual(2);
  expect(optionChanges[0].epoch).toBeLessThan(await workbench.epochNumber());
});

test('DTC tells in a pause which steps speak for each cluster, and relevance.csv holds it', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Clusters', 3);
  await page.getByLabel('Method').first().selectOption('dtc');
  await workbench.set('Epochs', 5000);
  await workbench.train.click();
  await workbench.go('Explore');
  const key = workbench.panel('series').locator('.series-key');
  await expect(key).toContainText('heat map: of the epoch where the run pauses or ends');
  await workbench.reachesEpoch(2);
  await workbench.button('Pause').click();
  await workbench.reaches('paused');
  await expect(key).toContainText('speaks for its cluster');
  const files = await workbench.takeAway(6);
  const [header, ...rows] = parseCsv(files['relevance.csv']);
  expect(header).toEqual(['id', 'cluster', ...table.header.slice(2)]);
  const clusters = parseCsv(files['assignments.csv']).slice(1);
  expect(rows.map(([id, cluster]) => [id, cluster])).toEqual(clusters.map(([id, cluster]) => [id, cluster]));
  for (const [, , ...shares] of rows) expect([Math.min(...shares.map(Number)), Math.max(...shares.map(Number))]).toEqual([0, 1]);
  expect(JSON.parse(files['run.json']).relevance).toMatchObject({ file: 'relevance.csv', epoch: await workbench.epochNumber() });
});

test('a method without a heat map says so where the files are chosen', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await page.getByLabel('Method').first().selectOption('kMeans');
  await workbench.train.click();
  await workbench.reaches('done');
  await workbench.go('Export');
  const choice = page.getByRole('checkbox', { name: /^relevance\.csv/ });
  await expect(choice).toBeDisabled();
  await expect(choice).not.toBeChecked();
  await expect(page.getByText('k-means does not tell which steps speak for a cluster. Methods that do: DTC.')).toBeVisible();
});

test('VaDER trains from the page on prepared series, and run.json says how they were prepared', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Clusters', 3);
  await page.getByLabel('Method').first().selectOption('vader');
  await workbench.set('Epochs', 6);
  await page.getByRole('button', { name: 'More' }).click();
  const steps = page.getByRole('list', { name: 'Steps of the preparation' }).getByRole('listitem');
  await page.getByLabel('Add a step…').selectOption('detrend');
  await page.getByLabel('Add a step…').selectOption('smooth');
  await page.getByRole('button', { name: 'Smooth: one up' }).click();
  await expect(steps.first()).toContainText('Smooth');
  await page.getByLabel('Hidden cells').selectOption('value');
  await workbench.train.click();
  await workbench.reaches('done');
  const files = await workbench.takeAway();
  const run = JSON.parse(files['run.json']);
  expect(run.spec.preparation.steps.map(({ step }: { step: string }) => step)).toEqual(['smooth', 'detrend']);
  expect(run.spec.hideMechanism).toBe('value');
  expect(run.imputation.achieved).toBeCloseTo(0.1, 2);
});

test('k-means runs from the page on series that BRITS has filled', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Clusters', 3);
  await page.getByLabel('Method').first().selectOption('kMeans');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByLabel('Fill gaps by').selectOption('brits');
  await workbench.train.click();
  await workbench.reaches('done', 240_000);
  await workbench.go('Explore');
  await expect(workbench.panel('clusters').locator('.cluster-card')).toHaveCount(3);
});
