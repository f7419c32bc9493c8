import { expect, test } from 'vitest';
import { PLAIN_THEME } from '../../charts/theme';
import { gapsFigure, MOST_VARIABLES } from './figure';

const place = { width: 500, height: 200, theme: PLAIN_THEME };
const HOSTILE = '<span style="background-image:url(http://canary/x)">a</span>&lt;b&gt;';
const time = { kind: 'index', name: HOSTILE, values: Float64Array.of(0, 1), texts: [HOSTILE, 'b'] } as const;
const figure = (d: number, change: object = {}) => gapsFigure({ t: 2, d, variables: Array.from({ length: d }, () => HOSTILE), time: { ...time, texts: [...time.texts] }, ...change }, Float64Array.from({ length: 2 * d }, (_, at) => at / 100), place);

test('draws a line for each variable, the first ones where there are many', () => {
  const lines = (d: number) => figure(d).data as unknown as { y: Float64Array }[];
  expect(lines(2).map(({ y }) => [...y])).toEqual([
    [0, 0.01],
    [0.02, 0.03],
  ]);
  expect(lines(30)).toHaveLength(MOST_VARIABLES);
});

test('a few missing cells do not look like many', () => {
  expect(figure(1).layout.yaxis?.range).toEqual([0, 0.05]);
});

test('text from the file comes out as text', () => {
  const { layout, data } = figure(2);
  const shown = [(layout.xaxis as { title: { text: string } }).title.text, ...data.map(({ name }) => name ?? ''), ...((layout.xaxis?.ticktext as string[] | undefined) ?? [])];
  expect(shown.length).toBeGreaterThan(4);
  for (const text of shown) expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
});

test('dates stand on a date axis', () => {
  expect(figure(1, { time: { ...time, kind: 'date', texts: [] } }).layout.xaxis?.type).toBe('date');
});

test('an axis without times is named in the language of the page', () => {
  const title = (name: string) => (gapsFigure({ t: 2, d: 1, variables: ['a'], time: { ...time, name, texts: ['0', '1'] } }, Float64Array.of(0, 1), place, '시점').layout.xaxis as { title: { text: string } }).title.text;
  expect([title('step'), title('week')]).toEqual(['시점', 'week']);
});
