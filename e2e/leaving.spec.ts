import { gappyTable } from './data';
import { expect, test } from './fixtures';
import type { Workbench } from './pages/Workbench';

const table = gappyTable();

async function runs(workbench: Workbench): Promise<void> {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Epochs', 100_000);
  await workbench.train.click();
  await workbench.reachesEpoch(1);
}

test('closing the page asks first once a run took long, and the run goes on where the person stays', async ({ workbench, page }) => {
  const asked: string[] = [];
  let leave = false;
  page.removeAllListeners('dialog');
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void (leave ? dialog.accept() : dialog.dismiss());
  });
  await runs(workbench);
  await expect.poll(() => page.evaluate(() => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))), { timeout: 120_000 }).toBe(false);

  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toEqual(['beforeunload']);
  await workbench.reachesEpoch((await workbench.epochNumber()) + 2);
  expect(page.isClosed()).toBe(false);

  leave = true;
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
  expect(asked).toEqual(['beforeunload', 'beforeunload']);
});

test('closing the page asks nothing while little would be lost', async ({ workbench, page }) => {
  const asked: string[] = [];
  page.on('dialog', (dialog) => void asked.push(dialog.type()));
  await runs(workbench);
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
  expect(asked).toEqual([]);
});
