import { readFileSync } from 'node:fs';
import { gappyTable } from './data';
import { expect, test } from './fixtures';

const table = gappyTable();

test('K is chosen from a table, on the series, on the latents and by the method, and the file is taken away', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Clusters', 2);
  await page.getByLabel('Method').first().selectOption('kMedoids');
  await page.getByRole('button', { name: 'Choose K…' }).click();
  const panel = workbench.panel('sweep');
  await panel.getByRole('spinbutton', { name: 'to' }).fill('4');
  await page.keyboard.press('Tab');
  await panel.getByRole('spinbutton', { name: 'Seeds' }).fill('2');
  await page.keyboard.press('Tab');
  await workbench.button('Try them').click();
  await expect(panel.locator('tbody tr')).toHaveCount(3);
  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'sweep.json' }).click();
  const file = await download;
  const { rows, ...head } = JSON.parse(readFileSync(await file.path(), 'utf8'));
  expect(file.suggestedFilename()).toMatch(/^gappy_series-k2-4_.*_sweep\.json$/);
  expect(head).toMatchObject({ space: 'prepared series', distance: 'Euclidean', clustering: 'k-means', filling: 'linear', n: table.rows.length, repeats: 2 });
  expect(rows.map(({ k }: { k: number }) => k)).toEqual([2, 3, 4]);

  await workbench.button('Use K = 3').click();
  await expect(page.getByRole('spinbutton', { name: 'Clusters' })).toHaveValue('3');
  await workbench.train.click();
  await workbench.reaches('done');
  for (const [choice, words] of [['Latents of the run', /k-means on the latents/], ['k-medoids itself', /k-medoids on the prepared series/]] as const) {
    await panel.getByRole('radio', { name: choice }).check();
    await workbench.button('Try them').click();
    await expect(panel.locator('caption')).toContainText(words);
    await expect(panel.locator('tbody tr')).toHaveCount(3);
  }

  // With the panel still open.
  await workbench.go('Export');
  await expect(workbench.button('Prepare files')).toBeVisible();
  await workbench.go('Explore');
  await expect(panel.locator('tbody tr')).toHaveCount(3);
});

test('a sweep that is stopped keeps its rows, and one that Train interrupts makes way', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Epochs', 3);
  await page.getByRole('button', { name: 'Choose K…' }).click();
  const panel = workbench.panel('sweep');
  const begin = async (): Promise<void> => {
    await panel.getByRole('radio', { name: 'CRLI itself' }).check();
    await workbench.button('Try them').click();
    await expect(panel.getByTestId('sweep-doing')).toContainText(/K = \d+, seed \d of 3/);
  };
  await begin();
  await panel.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(workbench.button('Try them')).toBeEnabled();
  await begin();
  await workbench.train.click();
  await workbench.reaches('done');
  await expect(workbench.button('Try them')).toBeEnabled();
  await expect(panel.getByText(/About .*, judging by the last run/)).toBeVisible();
});
