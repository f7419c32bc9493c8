import type { Page } from '@playwright/test';
import { gappyTable } from './data';
import { expect, test } from './fixtures';

const table = gappyTable();

/** Presses Tab until the named control has the focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
  }
  throw new Error(`Tab never reaches ${name}.`);
}

test('the whole journey works by keyboard alone', async ({ workbench, page }) => {
  await workbench.open();
  await tabTo(page, 'Paste…');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Table as text' })).toBeFocused();
  await page.keyboard.insertText(table.csv);
  await page.keyboard.press('Control+Enter');
  await workbench.ready();
  await tabTo(page, 'Train');
  await page.keyboard.press('Enter');
  await workbench.reachesEpoch(1);
  await page.locator('body').evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Space');
  await workbench.reaches('paused');
  const before = await workbench.epochNumber();
  await page.keyboard.press('ArrowRight');
  await workbench.reachesEpoch(before + 1);
  await workbench.reaches('paused');
  await tabTo(page, 'Explore');
  await page.keyboard.press('Enter');
  await tabTo(page, /Select its members/);
  await page.keyboard.press('Enter');
  await expect(page.locator('.cluster-card[aria-pressed="true"]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.locator('.cluster-card[aria-pressed="true"]')).toHaveCount(0);
});

test.describe('in Korean', () => {
  test.use({ locale: 'ko-KR' });

  test('the journey is in Korean from start to end', async ({ workbench, page }) => {
    await page.goto('/?backend=wasm');
    await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
    await expect(page.getByRole('button', { name: '파일 찾기…' })).toBeVisible();
    await workbench.drop('결측.csv', table.csv);
    const train = page.getByRole('button', { name: '학습', exact: true });
    await expect(train).toBeEnabled();
    await train.click();
    await workbench.reachesEpoch(2);
    await page.getByRole('button', { name: '중지', exact: true }).click();
    await workbench.reaches('stopped');
    await page.getByRole('button', { name: '탐색' }).click();
    await expect(workbench.panel('clusters')).toContainText('군집');
    for (const heading of await page.getByRole('heading', { level: 2 }).allTextContents()) expect(heading).toMatch(/[가-힣]/);
  });
});

test('the language can be changed and stays after a reload', async ({ workbench, page }) => {
  await workbench.open();
  await page.getByLabel('Language').selectOption('ko');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await page.reload();
  await expect(page.getByRole('button', { name: '파일 찾기…' })).toBeVisible();
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('everything fits the width, and a run can be made', async ({ workbench, page }) => {
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await workbench.open();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await workbench.drop('gappy.csv', table.csv);
    await workbench.ready();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await workbench.set('Epochs', 2);
    await workbench.train.click();
    await workbench.reaches('done');
    await workbench.go('Explore');
    await expect(workbench.panel('clusters').getByRole('button', { name: /^Cluster/ }).first()).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    for (const card of await workbench.panel('clusters').locator('.cluster-card:enabled').all()) {
      await card.click();
      const told = card.locator('.cluster-selected');
      await expect(told).toBeVisible();
      expect(await told.evaluate((words) => words.scrollWidth - words.clientWidth), 'all of the words are seen').toBeLessThanOrEqual(0);
      const [inner, outer] = [await told.boundingBox(), await card.boundingBox()];
      expect(inner!.x + inner!.width).toBeLessThanOrEqual(outer!.x + outer!.width);
    }
  });
});
