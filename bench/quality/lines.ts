import { existsSync, readFileSync, truncateSync, appendFileSync } from 'node:fs';
import { check } from '../../src/core/lib/assert';
import type { QualityRow } from './run';

/**
 * The runs that a file of JSON lines holds, and the file made ready to go on: a last line that was cut off while it
 * was written is taken away, one that lacks only its line end gets it.
 * @throws InputError naming a line before the last that is not JSON
 */
export function linesOf(file: string): QualityRow[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const rows: QualityRow[] = [];
  let whole = 0;
  text.split('\n').forEach((line, at, all) => {
    const end = whole + Buffer.byteLength(line) + 1;
    if (line.trim() !== '') {
      const row = parsed(line);
      check(row !== null || at === all.length - 1, `Line ${at + 1} of ${file} is not JSON: mend or remove it.`);
      if (row === null) return void truncateSync(file, whole);
      rows.push(row);
      if (at === all.length - 1) appendFileSync(file, '\n');
    }
    whole = end;
  });
  return rows;
}

function parsed(line: string): QualityRow | null {
  try {
    return JSON.parse(line) as QualityRow;
  } catch {
    return null;
  }
}
