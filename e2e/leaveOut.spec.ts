import { gappyTable, parseCsv } from './data';
import { expect, test } from './fixtures';

const table = gappyTable({ series: 12, steps: 20 });
const csv = `${table.csv}Total,,${Array.from({ length: 20 }, (_, t) => 100 + t).join(',')}\n`;

test('a total and selected series are left out, and taken back', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', csv);
  await workbench.ready();
  const chip = page.getByTestId('dataset');
  await expect(chip).toContainText('13 series');
  await workbench.button('Leave it out').click();
  await expect(chip).toContainText('12 series');
  await expect(workbench.button('Leave it out')).toHaveCount(0);

  await workbench.set('Epochs', 3);
  await workbench.train.click();
  await workbench.reaches('done');
  const list = workbench.panel('table');
  await list.getByLabel('Filter by id or label').fill('s1');
  await list.getByRole('button', { name: 'Select these' }).click();
  await list.getByRole('button', { name: 'Leave out the 4 selected' }).click();
  await workbench.button('Leave them out').click();
  await expect(chip).toContainText('8 series');
  await workbench.train.click();
  await workbench.reaches('done');
  const files = await workbench.takeAway();
  expect(parseCsv(files['assignments.csv']).slice(1).map(([id]) => id)).toEqual(['s2', 's3', 's4', 's5', 's6', 's7', 's8', 's9']);
  expect(parseCsv(files['imputed.csv'])).toHaveLength(14);
  expect(JSON.parse(files['run.json']).import.excluded).toEqual(['Total', 's1', 's10', 's11', 's12']);

  await workbench.go('Data');
  await workbench.button('Reset').first().click();
  await page.getByRole('button', { name: /Same start/ }).click().catch(() => {});
  await workbench.button('Take s11 back').click();
  await expect(chip).toContainText('9 series');
  await workbench.button('Take all back').click();
  await expect(chip).toContainText('13 series');
});
