import { gappyTable } from './data';
import { expect, test } from './fixtures';

test('a run outlives a crash of the GPU process', async ({ workbench, page, ledger }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', gappyTable().csv);
  await workbench.ready();
  await workbench.set('Epochs', 5000);
  await workbench.train.click();
  await workbench.reachesEpoch(2);
  const session = await page.context().browser()!.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess').catch(() => {});
  await expect(workbench.notices).toContainText('The run goes on with', { timeout: 280_000 });
  const resumed = await workbench.epochNumber();
  await workbench.reachesEpoch(resumed + 3);
  await workbench.button('Stop').click();
  await workbench.reaches('stopped');
  const last = await workbench.epochNumber();
  const run = JSON.parse((await workbench.takeAway())['run.json']);
  expect(run.losses.map(({ epoch }: { epoch: number }) => epoch)).toEqual(Array.from({ length: last }, (_, i) => i + 1));
  ledger.errors.length = 0;
});
