import { gappyTable } from './data';
import { expect, test } from './fixtures';

const table = gappyTable();

test('a run.json, dropped on a fresh page, repeats its run to the last digit', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Clusters', 4);
  await workbench.set('Epochs', 7);
  await page.getByLabel('Seed', { exact: true }).fill('23');
  await page.keyboard.press('Tab');
  await workbench.button('More').click();
  await page.getByLabel('Standardise').selectOption('perSeries');
  await workbench.set('Hide to test', 60);
  await workbench.train.click();
  await workbench.reaches('done');
  const made = await workbench.takeAway();
  expect(JSON.parse(made['run.json']).spec.hideRate).toBe(0.6);

  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await workbench.open();
  await workbench.drop('gappy_run.json', made['run.json']);
  const notice = page.getByRole('status').filter({ hasText: 'The settings of gappy_run.json are set: CRLI, K = 4, seed 23.' });
  await expect(notice).toContainText('Open gappy.csv, then train, to repeat the run.');
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await expect(notice).toContainText('Train repeats the run on gappy.csv.');
  await workbench.train.click();
  await workbench.reaches('done');
  const again = await workbench.takeAway();
  for (const name of ['imputed.csv', 'latent.csv', 'filled-cells.csv']) expect(again[name] === made[name], name).toBe(true);

  await workbench.button('Dismiss').click();
  await expect(notice).toHaveCount(0);
});

test('another JSON file is refused by name', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('other.json', '{"spec": [1, 2]}');
  await expect(page.getByRole('alert')).toContainText('This is JSON, not a table.');
});
