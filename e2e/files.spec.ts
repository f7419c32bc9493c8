import { gappyTable } from './data';
import { expect, test } from './fixtures';

const table = gappyTable();

test('a file chosen in the dialog is read, previewed, and accounted for cell by cell', async ({ workbench }) => {
  await workbench.open();
  await workbench.choose('gappy.csv', table.csv);
  await workbench.ready();
  const data = workbench.panel('data');
  const missing = table.rows.flatMap((row) => row.slice(2)).filter((cell) => cell === '').length;
  await expect(data).toContainText('Label column “class” with 3 classes');
  await expect(data).toContainText(`${table.rows.length} data`);
  await expect(data).toContainText(`${missing} missing`);
  await expect(data).toContainText(`${table.rows.length * 30 - missing} observed`);
});

test('a pasted table with semicolons and decimal commas is read', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.button('Paste…').click();
  const rows = Array.from({ length: 6 }, (_, i) => `p${i};${[1, 2, 3, 4, 5, 6, 7].map((t) => (t === (i % 7) + 1 ? '' : `${t},${i}`)).join(';')}`);
  await page.getByRole('textbox', { name: 'Table as text' }).fill(['id;1;2;3;4;5;6;7', ...rows].join('\n'));
  await workbench.button('Open').click();
  await workbench.ready();
  await expect(workbench.panel('data').getByLabel('Separator')).toHaveValue(';');
  await expect(workbench.panel('data').getByLabel('Decimal mark')).toHaveValue(',');
  await expect(page.getByTestId('dataset')).toContainText('6 × 7 × 1');
});

test('a sentinel is asked about and counts as missing once confirmed', async ({ workbench }) => {
  await workbench.open();
  const csv = table.csv.replaceAll(/(?<=,)(?=,|\n)/g, '-999');
  await workbench.drop('sentinel.csv', csv);
  await workbench.ready();
  const data = workbench.panel('data');
  await expect(data).toContainText('-999 occurs');
  await expect(data).toContainText('0 missing');
  await data.getByRole('radio', { name: 'Yes, missing' }).check();
  const missing = table.rows.flatMap((row) => row.slice(2)).filter((cell) => cell === '').length;
  await expect(data).toContainText(`${missing} missing`);
});

for (const sample of ['cbf20', 'syntheticControl40', 'airQuality', 'messy']) {
  test(`the sample ${sample} opens by a click`, async ({ workbench, page }) => {
    await workbench.open();
    await page.locator(`[data-sample="${sample}"]`).click();
    await workbench.ready();
    await expect(page.getByTestId('dataset')).toContainText('missing');
    if (sample === 'messy') await expect(workbench.panel('data').locator('[data-severity="warning"], [data-severity="error"]').first()).toBeVisible();
  });
}

const bad: readonly [string, string | Buffer][] = [
  ['empty.csv', ''],
  ['blank.csv', '\n\n   \n'],
  ['header only.csv', 'id,a,b,c\n'],
  ['prose.csv', 'This is a letter.\nIt has no numbers at all.\nYours.\n'],
  ['page.csv', '<!doctype html><html><body><p>Sign in</p></body></html>'],
  ['picture.csv', Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex')],
  ['book.xlsx.csv', Buffer.from('504b03041400060008000000210062ee9d68', 'hex')],
];

for (const [name, content] of bad) {
  test(`${name}: says what is wrong and lets another file be opened`, async ({ workbench, page }) => {
    await workbench.open();
    await workbench.choose(name, content);
    const alert = page.getByRole('alert').filter({ hasText: /\w+ \w+/ });
    await expect(alert).toBeVisible();
    const words = (await alert.textContent()) ?? '';
    expect(words).not.toMatch(/undefined|NaN|TypeError|\bat \w+ \(/);
    expect(words.length).toBeGreaterThan(20);
    await workbench.drop('gappy.csv', table.csv);
    await workbench.ready();
    await expect(page.getByRole('alert').filter({ hasText: /\w+ \w+/ })).toHaveCount(0);
  });
}
