import { expect, test } from './fixtures';

const csv = `date,a,b,c\n${Array.from({ length: 30 }, (_, i) => `${45292 + i},${Math.sin(i).toFixed(3)},${Math.cos(i).toFixed(3)},${i}`).join('\n')}\n`;

test('dates of a spreadsheet are named, and become dates by one word of the person', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.drop('sheet.csv', csv);
  await workbench.ready();
  const finding = page.locator('[data-code=serialDates]');
  await expect(finding).toContainText('numbers such as «45292», which may be dates as Excel keeps them: days since 1900, so 2024-01-01');
  await finding.getByRole('button', { name: 'They are dates' }).click();
  await expect(finding).toHaveCount(0);
  await expect(page.locator('[data-code=times]')).toContainText('Times were read as days as Excel counts them, since 1900. The step is 1 day.');
  await page.getByLabel('Numbers as times').selectOption('no');
  await expect(finding).toBeVisible();
});
