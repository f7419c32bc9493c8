import { expect, test } from './fixtures';

test('the map is laid out by UMAP when it is chosen, and the files say so', async ({ workbench, page }) => {
  await workbench.open();
  await page.locator('[data-sample="cbf20"]').click();
  await workbench.ready();
  await page.getByLabel('Method').first().selectOption('kMeans');
  await workbench.train.click();
  await workbench.reaches('done');
  const map = workbench.panel('map');
  await map.getByRole('radio', { name: 'UMAP' }).check();
  await expect(map.locator('header')).toContainText('UMAP · not to scale');
  const files = await workbench.takeAway();
  expect(JSON.parse(files['run.json']).map).toMatchObject({ method: 'umap', epoch: 1 });
});
