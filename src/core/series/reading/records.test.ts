import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { Random } from '../../lib/random';
import { fieldSpans, lineEnd, RecordReader } from './records';

const read = (text: string, delimiter = ','): string[][] => new RecordReader(delimiter).push(text, true).rows;

describe('rows of cells', () => {
  // One case for each kind of file that csv-spectrum collects.
  it.each([
    ['comma in quotes', 'first,last,address\nJohn,Doe,"120 any st., Anytown"\n', [['first', 'last', 'address'], ['John', 'Doe', '120 any st., Anytown']]],
    ['empty', 'a,b,c\n1,"",""\n2,3,4\n', [['a', 'b', 'c'], ['1', '', ''], ['2', '3', '4']]],
    ['empty, CRLF', 'a,b,c\r\n1,"",""\r\n2,3,4\r\n', [['a', 'b', 'c'], ['1', '', ''], ['2', '3', '4']]],
    ['escaped quotes', 'a,b\n1,"ha ""ha"" ha"\n3,4\n', [['a', 'b'], ['1', 'ha "ha" ha'], ['3', '4']]],
    ['json', 'key,val\n1,"{""type"": ""Point"", ""coordinates"": [102.0, 0.5]}"\n', [['key', 'val'], ['1', '{"type": "Point", "coordinates": [102.0, 0.5]}']]],
    ['coordinates', 'N,"38°53\'51"" N"\n', [['N', '38°53\'51" N']]],
    ['newlines', 'a,b,c\n1,2,3\n"Once upon \na time",5,6\n7,8,9\n', [['a', 'b', 'c'], ['1', '2', '3'], ['Once upon \na time', '5', '6'], ['7', '8', '9']]],
    ['newlines, CRLF', 'a,b,c\r\n1,2,3\r\n"Once upon \r\na time",5,6\r\n7,8,9\r\n', [['a', 'b', 'c'], ['1', '2', '3'], ['Once upon \r\na time', '5', '6'], ['7', '8', '9']]],
    ['quotes and newlines', 'a,b\n1,"ha \n""ha"" \nha"\n3,4\n', [['a', 'b'], ['1', 'ha \n"ha" \nha'], ['3', '4']]],
    ['simple', 'a,b,c\n1,2,3\n', [['a', 'b', 'c'], ['1', '2', '3']]],
    ['simple, CRLF, no end', 'a,b,c\r\n1,2,3', [['a', 'b', 'c'], ['1', '2', '3']]],
    ['utf8', 'a,b,c\n1,2,3\n4,5,ʤ\n', [['a', 'b', 'c'], ['1', '2', '3'], ['4', '5', 'ʤ']]],
    ['mixed line ends', 'a,b\r1,2\n3,4\r\n5,6', [['a', 'b'], ['1', '2'], ['3', '4'], ['5', '6']]],
    ['blank lines', 'a\n\n\r\nb', [['a'], [''], [''], ['b']]],
    ['spaces after a closing quote', '"a" ,"b" \r\n1,2', [['a', 'b'], ['1', '2']]],
    ['a quote inside a plain cell', '5" pipe,2\n3,4', [['5" pipe', '2'], ['3', '4']]],
  ])('%s', (_, text, want) => expect(read(text)).toEqual(want));

  it('many spaces are one delimiter', () => expect(read('  1   2 \n"a b"  3\n', ' ')).toEqual([['1', '2'], ['a b', '3']]));

  it('does not depend on where the blocks are cut', () => {
    const text = 'a,"b\r\nc",d\r\n"x ""y""",2,3\r\r\n"",,\n5,"6",7';
    const whole = new RecordReader(',').push(text, true);
    for (let size = 1; size < text.length; size++) {
      const reader = new RecordReader(',', true);
      const [rows, lines, raw]: [string[][], number[], string[]] = [[], [], []];
      for (let at = 0; at < text.length; at += size) {
        const batch = reader.push(text.slice(at, at + size), at + size >= text.length);
        rows.push(...batch.rows);
        lines.push(...batch.lines);
        raw.push(...batch.raw);
      }
      expect(rows).toEqual(whole.rows);
      expect(lines).toEqual(whole.lines);
      expect(raw.join('')).toBe(text);
    }
  });

  it('counts lines, also inside quotes', () => expect(new RecordReader(',').push('a\n"b\n\nc",1\nd\n', true).lines).toEqual([1, 2, 5]));

  it('takes a quote that is never closed as a letter, names its line and goes on', () => {
    const reader = new RecordReader(',');
    const { rows } = reader.push(`a,b\n1,"2\n${Array.from({ length: 500 }, (_, k) => `${k},x`).join('\n')}`, true);
    expect(rows.length).toBe(502);
    expect(rows[1]).toEqual(['1', '"2']);
    expect(reader.problems).toEqual([{ code: 'unclosedQuote', line: 2 }]);
  });

  it('does not wait for a closing quote beyond 64 kB', () => {
    const reader = new RecordReader(',');
    let rows = 0;
    for (let block = 0; block < 100; block++) rows += reader.push(`${block === 0 ? '"' : ''}${'1,2\n'.repeat(5000)}`, block === 99).rows.length;
    expect(rows).toBe(500_000);
    expect(reader.problems.length).toBe(1);
  });

  it.each([
    ['a stray quote at every line', '"a,1\n'.repeat(100_000), 100_000],
    ['nothing but quotes', '"'.repeat(300_000), 1],
    ['nothing but line ends', '\n'.repeat(1_000_000), 1_000_000],
    ['one line of delimiters', ','.repeat(1_000_000), 1],
  ])('stays quick on %s', (_, text, most) => expect(read(text).length).toBeLessThanOrEqual(most));
});

it('agrees with papaparse and with its own spans on random quoting', () => {
  const random = new Random(3);
  const letters = ['a', 'b', '1', '"', '""', ',', ',', ' ', '\n', '"x"', '",'];
  for (let k = 0; k < 20_000; k++) {
    const text = Array.from({ length: 1 + random.integer(14) }, () => letters[random.integer(letters.length)]).join('');
    const reader = new RecordReader(',', true);
    const { rows, raw, plain } = reader.push(text, true);
    expect(raw.join('')).toBe(text);
    rows.forEach((cells, r) => {
      const spans = fieldSpans(raw[r], ',', plain[r]);
      expect(spans.length, JSON.stringify(text)).toBe(2 * cells.length);
      expect(cells.map((_, c) => raw[r].slice(spans[2 * c], spans[2 * c + 1])).join(',')).toBe(raw[r].slice(0, raw[r].length - lineEnd(raw[r]).length));
    });
    if (reader.problems.length > 0) continue;
    const want = Papa.parse<string[]>(text.endsWith('\n') ? text : `${text}\n`, { delimiter: ',', newline: '\n', header: false }).data.slice(0, -1);
    expect(rows, JSON.stringify(text)).toEqual(want);
  }
});
