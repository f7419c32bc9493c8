import { gappyTable } from './data';
import { expect, test } from './fixtures';

const table = gappyTable();

test('a run goes on when its worker dies without a word', async ({ workbench, page }) => {
  await page.addInitScript(() => {
    const started: Worker[] = [];
    Object.assign(window, { started });
    const Original = window.Worker;
    window.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name === 'engine') started.push(this);
      }
    };
  });
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Epochs', 60);
  await workbench.train.click();
  await workbench.reachesEpoch(3);
  await page.evaluate(() => (window as unknown as { started: Worker[] }).started[0].terminate());
  await expect.poll(() => page.evaluate(() => (window as unknown as { started: Worker[] }).started.length), { timeout: 30_000 }).toBe(2);
  const resumedFrom = await workbench.epochNumber();
  await workbench.reachesEpoch(resumedFrom + 3);
  await workbench.reaches('done');
  const run = JSON.parse((await workbench.takeAway())['run.json']);
  expect(run.losses.map(({ epoch }: { epoch: number }) => epoch)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
});

test('a run that leaves the finite numbers says so and offers a lower learning rate', async ({ workbench, page }) => {
  await workbench.open();
  const csv = table.csv.replaceAll(/(?<=,)(-?\d\.\d{4})/g, '$1e25');
  await workbench.drop('huge.csv', csv);
  await workbench.ready();
  await workbench.button('More').click();
  await page.getByLabel('Standardise').selectOption('none');
  await workbench.set('Epochs', 5);
  await workbench.train.click();
  await workbench.reaches('failed');
  await expect(workbench.notices).toContainText('Training diverged');
  await expect(workbench.notices).toContainText('no longer finite');
  await expect(workbench.notices.getByRole('button', { name: /Lower the learning rate/ })).toBeVisible();
  await expect(page.locator('body')).not.toContainText('NaN');
});

test('one series, one step, no variation, nothing observed: each trains or says why not', async ({ workbench, page }) => {
  const rows = (cells: (i: number) => string) => ['id,a,b,c,d', ...Array.from({ length: 5 }, (_, i) => `r${i},${cells(i)}`)].join('\n');
  const cases: Record<string, string> = {
    'constant.csv': rows(() => '1,1,,1'),
    'copies.csv': rows(() => '1,2,,4'),
    'nothing.csv': rows(() => ',,,'),
    'one series.csv': 'id,a,b,c,d\nr,1,,3,4',
    'one value.csv': rows((i) => (i === 0 ? '1,,,' : ',,,')),
  };
  for (const [name, csv] of Object.entries(cases)) {
    await workbench.open();
    await workbench.drop(name, csv);
    const alert = page.getByRole('alert').filter({ hasText: /\w+ \w+/ });
    await expect(workbench.train.and(page.locator(':enabled')).or(alert).first(), name).toBeVisible();
    if ((await alert.count()) > 0) continue;
    await workbench.set('Epochs', 2);
    await workbench.train.click();
    await expect(workbench.state, name).toHaveAttribute('data-state', /done|failed/, { timeout: 60_000 });
    await expect(page.locator('body'), name).not.toContainText('NaN');
    await page.goto('about:blank');
  }
});

test('an error while the page is drawn says so and is tried again, with the run as it was', async ({ workbench, page, ledger }) => {
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Epochs', 3);
  await workbench.train.click();
  await workbench.reaches('done');
  await page.evaluate(() => {
    const own = Object.getOwnPropertyDescriptor(Intl.NumberFormat.prototype, 'format')!;
    Object.assign(window, { mendFormat: () => Object.defineProperty(Intl.NumberFormat.prototype, 'format', own) });
    Object.defineProperty(Intl.NumberFormat.prototype, 'format', { configurable: true, get: () => () => { throw new Error('no numbers today'); } });
  });
  await workbench.go('Data');
  await expect(page.getByRole('alert').filter({ hasText: 'The page failed to draw.' })).toContainText('no numbers today');
  await page.evaluate(() => (window as unknown as { mendFormat(): void }).mendFormat());
  await workbench.button('Try again').click();
  await expect(workbench.state).toHaveAttribute('data-state', 'done');
  expect(ledger.errors.splice(0).length).toBeGreaterThan(0);
});
