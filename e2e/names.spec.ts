import { gappyTable, parseCsv } from './data';
import { expect, test } from './fixtures';

const table = gappyTable({ series: 12, steps: 20 });

test('a cluster gets a name, which the charts, the table and the files use', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Clusters', 3);
  await workbench.set('Epochs', 5);
  await workbench.train.click();
  await workbench.reaches('done');
  await workbench.go('Explore');
  const clusters = workbench.panel('clusters');
  await expect(page.getByLabel(/^Name of cluster/)).toHaveCount(0);
  const card = clusters.locator('.cluster-card:enabled').first();
  const number = Number((await card.getAttribute('aria-label'))?.match(/^Cluster (\d+)/)?.[1]);
  await card.click();
  await clusters.getByLabel(`Name of cluster ${number}`).fill('slow <b>rise</b>');
  await expect(card).toContainText('slow <b>rise</b>');
  await expect(workbench.panel('map').locator('.group-legend')).toContainText('slow <b>rise</b>');
  await expect(workbench.panel('table').getByRole('row', { selected: true }).first()).toContainText('slow <b>rise</b>');

  const files = await workbench.takeAway();
  const rows = parseCsv(files['assignments.csv']);
  expect(rows[0]).toEqual(['id', 'cluster', 'confidence', 'x', 'y', 'name']);
  for (const [, cluster, , , , name] of rows.slice(1)) expect(name).toBe(Number(cluster) === number ? 'slow <b>rise</b>' : '');
  expect(JSON.parse(files['run.json']).clusterNames).toEqual({ [number]: 'slow <b>rise</b>' });

  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await workbench.open();
  await workbench.drop('gappy_run.json', files['run.json']);
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await expect(page.getByRole('status').filter({ hasText: 'Train repeats the run on gappy.csv.' })).toContainText('The name of its cluster comes back with the cluster');
  await workbench.train.click();
  await workbench.reaches('done');
  await expect(workbench.notices).toContainText('Clusters have their names from gappy_run.json again: “slow <b>rise</b>”.');
  const again = parseCsv((await workbench.takeAway())['assignments.csv']);
  expect(again.map((row) => row.filter((_, column) => column !== 3 && column !== 4))).toEqual(rows.map((row) => row.filter((_, column) => column !== 3 && column !== 4)));
});
