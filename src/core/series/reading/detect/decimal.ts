import { undecorated } from '../number';
import { splitUnit } from '../units';

export interface NumberMarks {
  decimal: '.' | ',';
  /** The other mark groups thousands. */
  thousands: boolean;
}

type Mark = '.' | ',';

/** A space that groups thousands. */
const SPACED = /(?<=\d)[ \u00a0\u2009\u202f'](?=\d{3}(?!\d))/g;

/** How often cells of the sample show what a mark stands for. */
interface Evidence {
  /** `12.5`, `0.125`, `1,234.5`: a decimal mark for certain. */
  decimal: number;
  /** `1,234,567`, `1,234.5`: it groups thousands for certain. */
  groups: number;
  /** `12,345`: either. */
  either: number;
}

/**
 * The decimal mark that more cells of the sample use, and whether the other mark groups thousands.
 *
 * `12,345` alone may be either. It counts as thousands where the mark groups thousands elsewhere, where the other
 * mark is seen as the decimal one in three such cells or more, where the mark also separates the cells (nobody quotes
 * every number of a table for the sake of decimals that are all three digits long), or where whole numbers below 1000
 * but none above stand without it in the same columns (`12.345` in a file separated by commas never does). `told`: the person says which mark is the decimal one.
 */
export function detectMarks(rows: readonly (readonly string[])[], delimiter: string, told?: Mark): NumberMarks {
  const evidence: Record<Mark, Evidence> = { '.': { decimal: 0, groups: 0, either: 0 }, ',': { decimal: 0, groups: 0, either: 0 } };
  for (const row of rows) for (const cell of row) weigh(bare(cell.trim()).replace(SPACED, ''), evidence);
  const [dot, comma] = [evidence['.'], evidence[',']];
  const certain: Mark | null = told ?? seen(dot, comma);
  if (certain !== null) {
    const other = evidence[certain === '.' ? ',' : '.'];
    return { decimal: certain, thousands: other.groups > 0 || (other.either >= (told === undefined ? 3 : 1) && other.decimal === 0) };
  }
  if (comma.either > dot.either) return delimiter === ',' || isGrouping(rows, ',') ? { decimal: '.', thousands: true } : { decimal: ',', thousands: false };
  return dot.either >= 5 && delimiter !== ',' && isGrouping(rows, '.') ? { decimal: ',', thousands: true } : { decimal: '.', thousands: false };
}

/** Digits and marks of a cell. */
const bare = (text: string): string => (/^[\d.,+-]*$/.test(text) ? text : undecorated(splitUnit(text)?.number ?? text));

function seen(dot: Evidence, comma: Evidence): Mark | null {
  if (comma.decimal !== dot.decimal) return comma.decimal > dot.decimal ? ',' : '.';
  if (comma.groups !== dot.groups) return comma.groups > dot.groups ? '.' : ',';
  return null;
}

function weigh(text: string, evidence: Record<Mark, Evidence>): void {
  const m = /^[+-]?(\d*)([.,])(\d+)(?:[eE][+-]?\d+)?$/.exec(text);
  if (m !== null) {
    const either = /^[1-9]\d{0,2}$/.test(m[1]) && m[3].length === 3 && !/[eE]/.test(text);
    evidence[m[2] as Mark][either ? 'either' : 'decimal'] += 1;
    return;
  }
  const grouped = /^[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:([.,])\d+)?$/.exec(text);
  if (grouped === null || grouped[1] === grouped[2]) return;
  evidence[grouped[1] as Mark].groups += 1;
  if (grouped[2] !== undefined) evidence[grouped[2] as Mark].decimal += 1;
}

/** Columns with cells such as `12,345` also hold whole numbers below 1000, and none above. */
function isGrouping(rows: readonly (readonly string[])[], mark: Mark): boolean {
  const group = mark === ',' ? /^[+-]?[1-9]\d{0,2},\d{3}$/ : /^[+-]?[1-9]\d{0,2}\.\d{3}$/;
  const columns = new Set(rows.flatMap((row) => row.flatMap((cell, j) => (group.test(cell.trim()) ? [j] : []))));
  let small = 0;
  for (const row of rows) {
    for (const j of columns) {
      const text = (row[j] ?? '').trim();
      if (/^[+-]?\d{4,}$/.test(text)) return false;
      if (/^[+-]?\d{1,3}$/.test(text)) small += 1;
    }
  }
  return small > 0;
}
