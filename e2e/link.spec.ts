import { gappyTable } from './data';
import { expect, test } from './fixtures';

const table = gappyTable();

test('a link brings the settings to another page, and nothing of the file', async ({ workbench, page, context }) => {
  await workbench.open();
  await workbench.drop('secret-name.csv', table.csv);
  await workbench.ready();
  await page.getByLabel('Method').first().selectOption('dtcr');
  await workbench.set('Clusters', 5);
  await workbench.set('Epochs', 21);
  await workbench.go('Export');
  const link = await page.getByLabel('Share the settings').inputValue();
  expect(decodeURIComponent(link)).not.toMatch(/secret|plateau|s1\b/);
  await context.grantPermissions(['clipboard-write', 'clipboard-read']);
  await workbench.button('Copy link').click();
  await expect(workbench.button('Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByRole('status').filter({ hasText: 'The settings of the link are set: DTCR, K = 5, seed 1.' })).toContainText('Open a file, then train.');
  await workbench.drop('mine.csv', table.csv);
  await workbench.ready();
  await expect(page.getByLabel('Method').first()).toHaveValue('dtcr');
  await expect(page.getByRole('spinbutton', { name: 'Clusters' })).toHaveValue('5');
  await expect(page.getByRole('spinbutton', { name: 'Epochs' })).toHaveValue('21');
});

test('a link made on a sample opens it', async ({ workbench, page }) => {
  await workbench.open();
  await page.locator('[data-sample=cbf20]').click();
  await workbench.ready();
  await workbench.set('Clusters', 4);
  await workbench.go('Export');
  const link = await page.getByLabel('Share the settings').inputValue();
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await page.goto(link);
  await workbench.ready();
  await expect(page.getByTestId('dataset')).toContainText('300 series');
  await expect(page.getByRole('spinbutton', { name: 'Clusters' })).toHaveValue('4');
});
