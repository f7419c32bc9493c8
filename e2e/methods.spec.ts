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

test('DTC trains from the page', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Clusters', 3);
  await page.getByLabel('Method').first().selectOption('dtc');
  await workbench.set('Epochs', 12);
  await workbench.train.click();
  await workbench.reaches('done');
  await workbench.go('Explore');
  await expect(workbench.panel('clusters').locator('.cluster-card')).toHaveCount(3);
});
