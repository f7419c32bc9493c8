import type { Locator, Page } from '@playwright/test';
import { gappyTable } from './data';
import { expect, test } from './fixtures';
import type { Workbench } from './pages/Workbench';

const table = gappyTable({ series: 18 });
const ids = table.rows.map(([id]) => id);
const EPOCHS = 12;

interface Spot {
  x: number;
  y: number;
}

// all charts in view, so that none of them moves on the screen
test.use({ viewport: { width: 1440, height: 1800 } });

test.beforeEach(async ({ workbench, page }) => {
  await page.addInitScript(keepWords);
  await workbench.open();
  await workbench.drop('gappy.csv', table.csv);
  await workbench.ready();
  await workbench.set('Clusters', 3);
  await workbench.set('Epochs', EPOCHS);
  await workbench.train.click();
  await workbench.reaches('done');
  // the last that comes; it moves what stands below
  await expect(workbench.panel('scores').locator('[data-scores="validity"]')).toBeVisible();
});

test('map: hover names the series under the pointer, a click selects it, a lasso those inside, and zoom leads there and back', async ({ workbench, page }) => {
  const map = workbench.panel('map');
  const chart = map.locator('.chart-plot');
  await expect(map.locator('.panel-note')).toContainText(`epoch ${EPOCHS} of`);
  const spots = await spotsOf(workbench);
  const lone = loneliest(spots);

  await test.step('hover', async () => {
    await page.mouse.move(spots[lone].x, spots[lone].y);
    await expect(map.locator('.map-card')).toBeVisible();
    await expect(map.locator('.map-card strong')).toHaveText(ids[lone]);
    await expect(workbench.panel('table').locator('[data-hovered]')).toContainText(ids[lone]);
    await page.mouse.move(5, 5);
    await expect(map.locator('.map-card')).toBeHidden();
  });

  await test.step('click', async () => {
    await page.mouse.click(spots[lone].x, spots[lone].y);
    await selects(workbench, [lone]);
    await page.keyboard.press('Escape');
    await selects(workbench, []);
  });

  await test.step('lasso', async () => {
    const [left, right] = halves(spots);
    await lasso(page, around(spots, left));
    await selects(workbench, left);
    await page.keyboard.down('Shift');
    await lasso(page, around(spots, right));
    await page.keyboard.up('Shift');
    await selects(workbench, [...left, ...right].sort((a, b) => a - b));
    await page.keyboard.down('Alt');
    await lasso(page, around(spots, right));
    await page.keyboard.up('Alt');
    await selects(workbench, left);
    await page.keyboard.press('Escape');
  });

  await test.step('zoom', async () => {
    const box = await boxOf(chart);
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const near = spots.reduce((best, spot, i) => (far(spot, middle) < far(spots[best], middle) ? i : best), 0);
    const spot = spots[near];
    await map.getByRole('button', { name: 'Zoom in' }).click();
    await expectNear(() => spotOf(workbench, near), { x: middle.x + 2 * (spot.x - middle.x), y: middle.y + 2 * (spot.y - middle.y) });
    await map.getByRole('button', { name: 'Show all' }).click();
    await expectNear(() => spotOf(workbench, near), spot);
    await map.getByRole('radio', { name: 'Move the map' }).or(map.getByRole('button', { name: 'Move the map' })).click();
    await drag(page, middle, { x: middle.x + 30, y: middle.y - 20 });
    await expectNear(() => spotOf(workbench, near), { x: spot.x + 30, y: spot.y - 20 });
    await page.mouse.dblclick(middle.x, box.y + box.height - 12);
    await expectNear(() => spotOf(workbench, near), spot);
  });
});

test('losses: hover tells the values of an epoch, dragging zooms to a stretch, a click shows its epoch everywhere', async ({ workbench, page }) => {
  const losses = workbench.panel('losses');
  const chart = losses.locator('.chart-plot');
  const box = await boxOf(chart);
  const at = (share: number): Spot => ({ x: box.x + 54 + share * (box.width - 68), y: box.y + box.height / 2 });
  const shown = workbench.panel('replay').locator('output');

  await page.mouse.move(at(1).x, at(1).y);
  const names = (await losses.locator('.legend-button').allInnerTexts()).map((text) => text.trim().split(/\s*\n\s*/));
  for (const [name, value] of names) await expect.poll(() => words(chart)).toContain(`${name}  ${value}`);
  expect(await words(chart)).toContain(`epoch ${EPOCHS}`);
  await page.mouse.move(5, 5);
  await expect.poll(() => words(chart)).not.toContain(`epoch ${EPOCHS}`);

  await drag(page, at(0.5), at(0.95));
  await page.mouse.move(at(0).x, at(0).y);
  await expect.poll(() => words(chart)).toContain(`epoch ${EPOCHS / 2 + 1}`);
  await page.mouse.click(at(0).x, at(0).y);
  await expect(shown).toHaveText(new RegExp(`^epoch [1-${EPOCHS / 2 + 1}] of ${EPOCHS}$`)); // the last recorded one up to it: at most ten a second are
  await page.mouse.dblclick(at(0.5).x, at(0.5).y);
  await page.mouse.move(at(0.05).x, at(0).y);
  await page.mouse.click(at(0).x, at(0).y);
  await expect(shown).toHaveText(`epoch 1 of ${EPOCHS}`);
});

test('series: hover tells the value under the pointer, dragging zooms to a stretch of time', async ({ workbench, page }) => {
  const panel = workbench.panel('series');
  const chart = panel.locator('.chart-plot');
  await expect(panel.locator('output')).toContainText(`1–4 of ${ids.length}`);
  const box = await boxOf(chart);
  const at = (share: number, row: number): Spot => ({ x: box.x + 48 + share * (box.width - 66), y: box.y + 4 + ((row + 0.6) / 4) * (box.height - 38) });
  const steps = table.header.slice(2);

  await page.mouse.move(at(0.5, 1).x, at(0.5, 1).y);
  await expect(workbench.panel('table').locator('[data-hovered]')).toContainText(ids[1]);
  const step = steps.findIndex((_, t) => table.rows[1][2 + t] !== '' && t > 10);
  await page.mouse.move(at(step / (steps.length - 1), 1).x, at(0, 1).y);
  const value = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(Number(table.rows[1][2 + step]));
  await expect.poll(async () => (await words(chart)).some((word) => word === `observed  ${value}` || word === `true value, hidden from training  ${value}`)).toBe(true);
  expect(await words(chart)).toContain(steps[step]);

  const whole = panel.getByRole('button', { name: 'Show all' });
  await expect(whole).toBeDisabled();
  await drag(page, at(0.5, 0), at(0.75, 0));
  await expect(whole).toBeEnabled();
  await page.mouse.move(at(0.01, 0).x, at(0, 0).y);
  await expect.poll(() => words(chart)).toContain(steps[Math.ceil(0.5 * (steps.length - 1))]);
  await whole.click();
  await page.mouse.move(at(0, 0).x + 1, at(0, 0).y);
  await expect.poll(() => words(chart)).toContain(steps[0]);
});

/** Where the map draws a series: hovered in the table, a ring marks it. */
async function spotOf(workbench: Workbench, series: number): Promise<Spot> {
  const list = workbench.panel('table');
  await list.getByRole('searchbox').fill(ids[series]);
  await workbench.page.mouse.move(5, 5);
  const row = list.locator('.table-row').filter({ has: workbench.page.locator(`.table-id[title="${ids[series]}"]`) });
  await row.hover();
  await expect(workbench.panel('map').locator('.map-card strong')).toHaveText(ids[series]);
  const ring = await boxOf(workbench.panel('map').locator('.map-ring'));
  return { x: ring.x + ring.width / 2, y: ring.y + ring.height / 2 };
}

async function spotsOf(workbench: Workbench): Promise<Spot[]> {
  const spots: Spot[] = [];
  for (let i = 0; i < ids.length; i++) spots.push(await spotOf(workbench, i));
  await workbench.panel('table').getByRole('searchbox').fill('');
  return spots;
}

const far = (a: Spot, b: Spot): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The series that is farthest from its nearest neighbour. */
function loneliest(spots: readonly Spot[]): number {
  const nearest = spots.map((spot, i) => Math.min(...spots.map((other, k) => (k === i ? Infinity : far(spot, other)))));
  return nearest.indexOf(Math.max(...nearest));
}

/** The series left and right of the widest gap, one at least on each side. */
function halves(spots: readonly Spot[]): [number[], number[]] {
  const order = [...spots.keys()].sort((a, b) => spots[a].x - spots[b].x);
  const gaps = order.slice(1).map((series, k) => spots[series].x - spots[order[k]].x);
  const cut = gaps.indexOf(Math.max(...gaps)) + 1;
  const inFile = (list: number[]): number[] => list.sort((a, b) => a - b);
  return [inFile(order.slice(0, cut)), inFile(order.slice(cut))];
}

/** Corners of a line around some of the series; no other lies within 3 pixels to the left or the right of them. */
function around(spots: readonly Spot[], series: readonly number[]): Spot[] {
  const [x, y] = [series.map((i) => spots[i].x), series.map((i) => spots[i].y)];
  const [left, right, top, bottom] = [Math.min(...x) - 3, Math.max(...x) + 3, Math.min(...y) - 6, Math.max(...y) + 6];
  return [{ x: left, y: bottom }, { x: right, y: bottom }, { x: right, y: top }, { x: left, y: top }];
}

async function lasso(page: Page, corners: readonly Spot[]): Promise<void> {
  await page.mouse.move(corners[0].x, corners[0].y);
  await page.mouse.down();
  for (const corner of corners.slice(1)) await page.mouse.move(corner.x, corner.y, { steps: 6 });
  await page.mouse.up();
}

async function drag(page: Page, from: Spot, to: Spot): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

/** The table marks just these series, and the series panel pages through them. */
async function selects(workbench: Workbench, series: readonly number[]): Promise<void> {
  const panel = workbench.panel('series');
  const count = series.length === 0 ? `1–4 of ${ids.length} all series` : `1–${Math.min(4, series.length)} of ${series.length} selected`;
  await expect(panel.locator('output')).toHaveText(count);
  const shown = (series.length === 0 ? [...ids.keys()] : series).slice(0, 4).map((i) => ids[i]);
  await expect(panel.locator('.chart-plot')).toHaveAttribute('aria-label', new RegExp(`^Series ${shown.join(', ')}: `));
  if (series.length === 0) return;
  const list = workbench.panel('table');
  await list.getByLabel('Selected only').check();
  await expect(list).toContainText(`${series.length} of ${ids.length}`);
  await list.getByLabel('Selected only').uncheck();
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('There is nothing in view to measure.');
  return box;
}

async function expectNear(found: () => Promise<Spot>, wanted: Spot): Promise<void> {
  await expect.poll(async () => far(await found(), wanted)).toBeLessThan(2);
}

/** The words that a canvas shows now. */
const words = (chart: Locator): Promise<string[]> => chart.locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement & { words?: string[] }).words ?? []);

/** Runs in the page before its own scripts: notes on each canvas what was written since it was last wiped. */
function keepWords(): void {
  const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    const canvas = this.canvas as HTMLCanvasElement & { words?: string[] };
    (canvas.words ??= []).push(text);
    fillText.call(this, text, ...place);
  };
  CanvasRenderingContext2D.prototype.clearRect = function (...place) {
    Object.assign(this.canvas, { words: [] });
    clearRect.apply(this, place);
  };
}
