import { namesTime } from './detect/sequence';
import { counted, quote } from './notes';
import type { NoteBook } from './notes';
import type { ImportPlan, Layout } from './plan';
import { observed } from './table';
import type { Table } from './table';

const NAMED = 5;
/** A wide table of so many rows, so many for each column, and so much smoother along them, is rather one of columns. */
const TALL = { rows: 30, aColumn: 5, smoother: 2 };
const TOTAL = /^(?:(?:grand|sub)[ -]?)?(?:totals?|sums?|averages?|means?|summe|gesamt|mittelwert|durchschnitt|somme|moyenne|합계|총계|소계|총합|계|평균)$/i;

/** Warns of what was read as it stands and is seldom meant: a lone series, totals among the series, steps without any value, series that never change, rows that are rather steps. `given` is what the person said. */
export function tellOddities(table: Table, { layout, header, roles }: ImportPlan, given: Partial<ImportPlan>, notes: NoteBook): void {
  if (table.n === 1) notes.add('warning', 'oneSeries', `The file holds one series, ${quote(table.ids[0])}, and clusters need two or more. Check the layout; if it is one long recording, cut it into pieces, such as days, and write one piece a ${layout === 'wideByColumn' ? 'column' : 'row'}.`);
  tellTotals(table, layout, notes);
  tellEmptySteps(table, layout, notes);
  tellConstant(table, notes);
  if (layout === 'wide' && given.layout === undefined && !roles.includes('id') && !roles.includes('label')) tellTall(table, header, notes);
}

/** Far more rows than columns, which change little from row to row and much from column to column. */
function tellTall({ n, t, d, values, kinds, time }: Table, header: boolean, notes: NoteBook): void {
  if (t < 2 || d > 1 || n < TALL.rows || n < TALL.aColumn * t || (header && time.texts.some(namesTime))) return;
  const change = (apart: number, inside: (cell: number) => boolean): number => {
    let [sum, count] = [0, 0];
    for (let cell = 0; cell + apart < n * t; cell++) {
      if (!inside(cell) || !observed(kinds[cell]) || !observed(kinds[cell + apart])) continue;
      sum += Math.abs(values[cell + apart] - values[cell]);
      count += 1;
    }
    return sum / count;
  };
  if (!(TALL.smoother * change(t, () => true) < change(1, (cell) => cell % t < t - 1))) return;
  notes.add('warning', 'tallTable', `Each of the ${n} rows is read as a series of ${counted(t, 'step')}, but values change less from row to row than from column to column. If your series stand in columns, one row a time, choose "One series a column".`);
}

function tellTotals({ ids, time, columns }: Table, layout: Layout, notes: NoteBook): void {
  const add = (what: 'series' | 'step', name: string, column: number | null, remedy: string): void =>
    notes.add('warning', 'total', `The ${what} ${quote(name)} seems to sum up the others, by its name, and is read as one of them. ${remedy} if so.`, { column, columnName: column === null ? null : name, ...(what === 'series' && { series: name }) }, `${what} ${name}`);
  ids.forEach((id, i) => {
    if (!TOTAL.test(id.trim())) return;
    add('series', id, layout === 'wideByColumn' ? columns[i] : null, 'Leave it out');
  });
  time.texts.forEach((text, k) => {
    if (!TOTAL.test(text.trim())) return;
    if (layout === 'wide') add('step', text, columns[k], 'Give its column the role "ignore"');
    else add('step', text, null, `Take its ${layout === 'long' ? 'rows' : 'row'} out of the file`);
  });
}

function tellEmptySteps({ n, t, d, kinds, time, columns }: Table, layout: Layout, notes: NoteBook): void {
  const seen = new Uint8Array(t);
  let open = t;
  for (let i = 0; i < n && open > 0; i++) {
    for (let k = 0; k < t; k++) {
      if (seen[k] === 1) continue;
      const cell = (i * t + k) * d;
      if (!kinds.subarray(cell, cell + d).some(observed)) continue;
      seen[k] = 1;
      open -= 1;
    }
  }
  if (open === 0) return;
  const empty = Array.from(seen.keys()).filter((k) => seen[k] === 0);
  const names = empty.slice(0, NAMED).map((k) => quote(time.texts[k])).join(', ') + (open > NAMED ? ' …' : '');
  const remedy = layout === 'wide' ? `give ${open === 1 ? 'this column' : 'these columns'} the role "ignore"` : `take ${open === 1 ? 'this time' : 'these times'} out of the file`;
  const column = layout === 'wide' ? columns[empty[0]] : null;
  notes.add('warning', 'emptySteps', `At ${open} of ${counted(t, 'step')} no series holds a value (${names}): there is nothing to learn there, and every series gets it filled. To leave ${open === 1 ? 'it' : 'them'} out, ${remedy}.`, { column, columnName: column === null ? null : time.texts[empty[0]] });
}

function tellConstant({ n, t, d, values, kinds, ids }: Table, notes: NoteBook): void {
  const width = t * d;
  const constant = ids.flatMap((_, i) => (isConstant(values, kinds, i * width, width, d) ? [i] : []));
  if (constant.length === 0 || t < 3) return;
  const names = constant.slice(0, NAMED).map((i) => quote(ids[i])).join(', ') + (constant.length > NAMED ? ' …' : '');
  if (constant.length === n) return notes.add('warning', 'constantSeries', 'No series ever changes: all have the same value at every step, so only their levels can tell them apart. Check the layout and the columns.');
  notes.add('info', 'constantSeries', `${counted(constant.length, 'series', 'series')} of ${n} never ${constant.length === 1 ? 'changes' : 'change'} (${names}). Standardised by series, ${constant.length === 1 ? 'it is a flat line' : 'they are flat lines'} at zero; take ${constant.length === 1 ? 'it' : 'them'} out of the file if the instrument stood still.`);
}

/** Two values at least, and one and the same in each variable. */
function isConstant(values: Float64Array, kinds: Uint8Array, begin: number, width: number, d: number): boolean {
  let several = false;
  for (let j = 0; j < d; j++) {
    let first: number | null = null;
    for (let at = begin + j; at < begin + width; at += d) {
      if (!observed(kinds[at])) continue;
      if (first === null) first = values[at];
      else if (values[at] !== first) return false;
      else several = true;
    }
  }
  return several;
}
